"""`dispute draw`: blank sheets for people, and what they filled in."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dispute.cli._places import expect_new
from dispute.cli._telling import tell

if TYPE_CHECKING:
    import pandas as pd

    from helpers.case.drawn_sheets import Filled
    from helpers.case.model import Case

PASSAGES = 20
RESULT = "agreement.csv"


Verb = Callable[..., Any]


def _sampling(verb: Verb) -> Verb:
    """The options of a sample of the case itself."""
    for option in (
        click.option("--texts", metavar="IN", help="The files of that corpus."),
        click.option("--from", metavar="OUT", help="Draw from a corpus outside the case."),
        click.option("--strata", metavar="NAMES", help="So many of each: month, publisher, …"),
    ):
        verb = option(verb)
    return verb


@click.command()
@click.argument("case_dir", metavar="CASE")
@click.argument("folder", metavar="[FOLDER]", required=False)
@click.option("--passages", metavar="N", type=click.IntRange(1), help=f"Passages ({PASSAGES}).")
@click.option("--articles", metavar="N", type=click.IntRange(1), help="Whole articles instead.")
@_sampling
@click.option("--seed", metavar="S", type=int, default=0, help="Of the drawing (0).")
@click.option("--coder", metavar="NAME", default="", help="Whose statements; else the case's own.")
@click.option("--read", is_flag=True, help="Read the filled sheet of FOLDER back.")
def draw(
    case_dir: str,
    folder: str | None,
    passages: int | None,
    articles: int | None,
    seed: int,
    coder: str,
    read: bool,
    **sampling: str | None,
) -> int:
    """Draw what people code by hand: blank sheets, or a sample of the case itself.

    With FOLDER, which is new, sheets to compare people with a coder: passages are drawn at random
    among those that the coder marked, or whole articles. FOLDER keeps the probabilities of drawing.
    With --read, the filled sheet in it is compared with the coder: shares, Krippendorff's alpha and
    its 95 % interval, also in agreement.csv.

    Without FOLDER, --articles N draws which articles of a large case are coded at all, by --strata
    (year, month, day, publisher, language, or a column of article_attributes.csv). They stand in
    the case's sample.csv; the desk offers them in a random order. With --from OUT --texts IN they
    come from a corpus outside the case: OUT is what `dispute corpus` made of IN.
    """
    from helpers.case.load import load

    if folder is None:
        _refuse_beside_a_sample(passages, articles, coder, read)
        return _sample(case_dir, articles or 0, seed, **sampling)
    if any(sampling.values()):
        told = ", ".join(f"--{name}" for name, value in sampling.items() if value)
        raise click.UsageError(f"{told}: for a sample of the case itself; leave FOLDER out")
    if read and (passages or articles or coder):
        raise click.UsageError("--read takes what FOLDER says was drawn: nothing else beside it")
    if passages and articles:
        raise click.UsageError("--passages or --articles: name one of them")
    case = load(case_dir)
    if read:
        return _read(case, Path(folder))
    _make(case, Path(folder), passages, articles, seed, coder or case.coder)
    tell(f"fill in {folder}/sheet.csv by {folder}/codebook.md, then:")
    tell(f"dispute draw {case_dir} {folder} --read")
    return 0


def _refuse_beside_a_sample(
    passages: int | None, articles: int | None, coder: str, read: bool
) -> None:
    if passages or coder or read:
        raise click.UsageError("--passages, --coder and --read go with a FOLDER: name one")
    if not articles:
        raise click.UsageError("a FOLDER for sheets, or --articles N for a sample of the case")


def _sample(case_dir: str, number: int, seed: int, **sampling: str | None) -> int:
    """Draw which articles people code, and keep it in the case."""
    from helpers.case.load import load
    from helpers.words import counted

    case = load(case_dir)
    if len(case.sample):
        raise ValueError(f"{case_dir}: a sample is drawn already; move it away to draw another")
    by = [name.strip() for name in (sampling["strata"] or "").split(",") if name.strip()]
    out, texts = sampling["from"], sampling["texts"]
    if bool(out) != bool(texts):
        raise click.UsageError("--from and --texts go together")
    if out and texts:
        drawn = _from_corpus(case, case_dir, Path(out), Path(texts), number, by, seed)
    else:
        drawn = _from_case(case, case_dir, number, by, seed)
    strata = drawn.groupby("stratum", sort=True)
    every = int(strata.n_stratum.first().sum())
    tell(f"{case_dir}: {len(drawn)} of {counted(every, 'article')} drawn, seed {seed}")
    for stratum, own in strata:
        tell(f"  {stratum}: {len(own)} of {own.n_stratum.iloc[0]}")
    tell(f"the desk offers them in their order: dispute desk {case_dir} --coder NAME")
    return 0


def _from_case(
    case: "Case", case_dir: str, number: int, by: list[str], seed: int
) -> "pd.DataFrame":
    """Draw among the articles of the case."""
    from helpers.analysis.sampling import draw_sample
    from helpers.case.files import csv_text, write_file
    from helpers.case.folder import SAMPLE, locate

    articles = case.articles.merge(case.article_attributes, on="article_id", how="left").fillna("")
    frame = draw_sample(articles, number, by, seed)
    rows = frame.assign(probability=[f"{share:.6f}" for share in frame.probability])
    text = csv_text([list(rows), *rows.itertuples(index=False, name=None)])
    write_file(locate(case_dir) / SAMPLE, text.encode())
    return frame[frame.place > 0]


def _from_corpus(
    case: "Case", case_dir: str, out: Path, texts: Path, number: int, by: list[str], seed: int
) -> "pd.DataFrame":
    """Draw among the articles of a corpus; the drawn ones join the case."""
    from dispute.cli.corpus import lacking

    if told := lacking():
        raise ValueError(told)
    from dispute.corpus.drawing import draw_from

    return draw_from(case, case_dir, out, texts, number, by, seed)


def _make(
    case: "Case", folder: Path, passages: int | None, articles: int | None, seed: int, coder: str
) -> None:
    """Draw, and make the folder."""
    from helpers.analysis.drawing import draw_articles, draw_passages
    from helpers.case.drawn_sheets import write_sheets
    from helpers.case.load import coded
    from helpers.words import counted

    expect_new(folder)
    if coder == "all":
        raise ValueError("coder 'all': expected one coder (--coder), whose statements are compared")
    statements = coded(case, "statements", coder)
    if articles:
        drawn = draw_articles(case.articles, articles, seed)
    else:
        drawn = draw_passages(statements, passages or PASSAGES, seed)
    write_sheets(folder, case, drawn, coder, seed)
    noun = "article" if articles else "passage"
    tell(f"{folder}: {counted(len(drawn), noun)}, each drawn with p = {drawn.probability[0]:.3f}")


def _read(case: "Case", folder: Path) -> int:
    """Compare a filled sheet with its coder; tell and keep what comes of it."""
    from helpers.case.drawn_sheets import read_sheets
    from helpers.case.files import csv_text, write_file
    from helpers.words import counted

    filled = read_sheets(folder, case)
    if filled.rows.empty:
        raise ValueError(f"{folder}/sheet.csv: nothing is filled in; expected a row at least")
    table = _compared(case, filled)
    numbers = table.astype(object).where(table.notna(), "")
    write_file(folder / RESULT, csv_text([list(table), *numbers.itertuples(index=False)]).encode())
    empty = f", {counted(filled.n_empty, 'row')} left empty" if filled.n_empty else ""
    tell(f"{counted(len(filled.rows), 'row')} filled in, compared with “{filled.coder}”{empty}")
    for row in table.to_dict("records"):
        tell(_in_words(row))
    tell(f"kept in {folder / RESULT}")
    return 0


def _compared(case: "Case", filled: "Filled") -> "pd.DataFrame":
    """A row for each variable, with its share, alpha and interval."""
    from helpers.analysis.agreement import agreement
    from helpers.analysis.drawing import compared, people_agreement
    from helpers.case.load import coded

    statements = coded(case, "statements", filled.coder)
    if filled.kind == "passages":
        return people_agreement(compared(filled.rows, statements), case.stances)
    # Both coded whole articles: their units are paired as those of two passes.
    names = [f"h{number}" for number in range(1, len(filled.rows) + 1)]
    people = filled.rows.assign(statement_id=names)
    own = statements[statements.article_id.isin(set(filled.drawn.article_id))]
    return agreement({filled.coder: own, "people": people}, "statement", case.stances)


def _in_words(row: dict[str, object]) -> str:
    """One number with its interval."""
    import pandas as pd

    def said(value: object) -> str:
        return "not known" if pd.isna(value) else f"{value:.2f}"

    if "n_alike" in row:
        value = f"{row['n_alike']} of {row['n_units']} alike, alpha {said(row['alpha'])}"
    else:
        value = f"{row['metric']} {said(row['value'])} on {row['n_units']}"
    interval = "" if pd.isna(row["low"]) else f" ({said(row['low'])} to {said(row['high'])})"
    return f"{row['variable']}: {value}{interval}"
