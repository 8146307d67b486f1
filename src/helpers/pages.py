"""Pages of the site that are made from data: the front page, the codebook, the data page. Tables to Markdown; no file is touched."""
import html

from helpers import schema

PAGES = {"1_corpus": "Corpus", "2_actor_network": "Network", "3_chronology": "Chronology", "4_stance_tables": "Stances"}


def plain(text):
    """Text from an article or a coder, made harmless in Markdown and HTML."""
    return "".join(f"&#{ord(c)};" if c in r"\`*_{}[]()<>#+-!|~$&:@^" else c for c in " ".join(str(text).split()))


def front(case, findings, figure):
    """The front page: question, findings with a link to where each is shown, one figure, how it was made."""
    lines = [f"# {plain(case.title)}", "", f"**{plain(case.subtitle)}**", "", plain(case.question), "", "## What the articles show", ""]
    for number, finding in enumerate(findings[findings.finding_id != "6-agreement"].itertuples(), start=1):
        lines.append(f"{number}. {plain(finding.sentence)} [{PAGES[finding.page]}]({finding.page})")
    lines += ["", f"```{{image}} {figure}", ":alt: Stance matrix, actors by issues. A mark pointing up is for, pointing down against, both ways on both sides, a square takes no side; the number in it counts the passages, a hollow mark has too few for a mean. The page Stances holds the same as a table.", ":width: 560px", ":target: 4_stance_tables.html", "```", "",
              "The sentences are made from the tables each time the report is built. They say what the articles report and how it was coded, not who was right.", "",
              "## How it was coded", ""]
    lines += [f"- **{plain(coder.coder)}**: {plain(coder.note)}" for coder in case.coders.itertuples()]
    lines += ["", *(plain(sentence) for sentence in findings.loc[findings.finding_id == "6-agreement", "sentence"]), "",
              "The rules stand in the [codebook](codebook). Every row of every table leads back to the exact words of an article: the [data](data) hold article, position and quote.", "",
              "```{toctree}", ":hidden:", "", *(f"{title} <{page}>" for page, title in PAGES.items()), "Codebook <codebook>", "Data <data>", "```", ""]
    return "\n".join(lines)


def codebook(case):
    """The codebook as a page: what was coded, with which identifiers, by whom."""
    lines = ["# The codebook", "", "What a coder marks, by which rules, and the words for it.", ""]
    lines += [case.rules.partition("\n")[2].replace("<", "&lt;").strip(), ""]  # its own heading goes; raw HTML has no business here
    for title, frame in (("Issues", case.issues), ("Stances", case.stances), ("Relations", case.relation_types), ("Periods", case.periods), ("Coders", case.coders),
                         ("Actors", case.actors)):
        lines += [f"## {title}", "", _table(frame), ""]
    return "\n".join(lines)


def data(tables, files):
    """The data page: a download for each processed table and file, then the dictionary. `tables`: name to number of rows; `files`: name to meaning."""
    lines = ["# The data", "", 'Each table is a CSV file in UTF-8. Where a text begins like a formula of a spreadsheet, an apostrophe stands before it here; `data/processed` is exact. <a href="data/datapackage.json">datapackage.json</a> describes them all for a machine.', "",
             "| table | rows | what it holds |", "|---|---|---|"]
    for name, rows in tables.items():
        lines.append(f'| <a href="data/{name}.csv" download>{name}.csv</a> | {rows} | {schema.SCHEMA["processed"][name]["description"]} |')
    lines += ["", "For other programs:", "", *(f'- <a href="data/{name}" download>{name}</a>: {meaning}' for name, meaning in files.items())]
    return "\n".join([*lines, "", "## Dictionary", "", schema.dictionary()])


def _table(frame):
    head = "<tr>" + "".join(f"<th scope=\"col\">{html.escape(c)}</th>" for c in frame.columns) + "</tr>"
    body = ["<tr>" + "".join(f"<td>{html.escape(str(v))}</td>" for v in row) + "</tr>" for row in frame.itertuples(index=False, name=None)]
    return "\n".join(['<div class="table-scroll" tabindex="0"><table class="table">', head, *body, "</table></div>"])
