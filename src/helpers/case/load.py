"""A case: a folder of articles, codebook and coding, read, checked and frozen.

    case.yaml                 title, subtitle, question, authors
    articles/ID.txt, ID.yaml  an article as received, and what is known of it
    codebook/README.md        the rules of coding, where written down
    codebook/*.csv            actors, aliases, affiliations, issues, stances, relation types, periods, coders
    coding/*.csv              statements, event mentions, relations, adjudication
    context_events.csv        dated events from outside the articles

Every fault is a `schema.Problem`; all are told at once. Nothing is mended in silence.
"""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.case import rules
from helpers.case import yaml_strict as mappings
from helpers.case.cells import UNFIT, table_problems
from helpers.case.problems import Problem, nearest, shown
from helpers.case.raw_tables import read_raw
from helpers.case.schema import CODED, SCHEMA, UNITS
from helpers.case.tables import typed
from helpers.dates import edtf as dates


class CaseError(ValueError):
    """A case folder that cannot be used. `problems` holds every fault."""

    def __init__(self, problems):
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@dataclass(frozen=True)
class Case:
    """A checked case. `texts` maps article_id to text, `furniture` to its spans; the rest are typed tables."""

    title: str
    subtitle: str
    question: str
    authors: tuple
    rules: str
    texts: dict
    furniture: dict
    articles: pd.DataFrame
    actors: pd.DataFrame
    aliases: pd.DataFrame
    affiliations: pd.DataFrame
    issues: pd.DataFrame
    stances: pd.DataFrame
    relation_types: pd.DataFrame
    periods: pd.DataFrame
    coders: pd.DataFrame
    statements: pd.DataFrame
    event_mentions: pd.DataFrame
    relations: pd.DataFrame
    adjudication: pd.DataFrame
    context_events: pd.DataFrame

    def names(self):
        """actor_id to usual name."""
        return dict(zip(self.actors.actor_id, self.actors.name))

    def camps(self):
        """actor_id to camp, empty where there is none."""
        return dict(zip(self.actors.actor_id, self.actors.camp))

    def publishers(self):
        """article_id to publisher, empty where not identified."""
        return dict(zip(self.articles.article_id, self.articles.publisher))

    def labels(self):
        """issue to label."""
        return dict(zip(self.issues.issue, self.issues.label))


def locate(case_dir):
    """The case folder: absolute, or relative to the current folder or any above it. Raises CaseError."""
    here = Path.cwd()
    for base in (here, *here.parents):
        if (base / case_dir).is_dir():
            return base / case_dir
    raise CaseError([Problem(str(case_dir), 0, "", "no such folder", "the folder of a case")])


def load(case_dir, known_by=""):
    """Read and check a case folder. Returns a `Case`, as far as it was known by a day where one is given; raises CaseError with every problem."""
    found, problems = _read(locate(case_dir))
    if problems:
        raise CaseError(problems)
    return as_of(Case(**found), known_by)


def as_of(case, day):
    """The case as it could be known on a day (an EDTF date; its last day counts; empty: today's case): without articles that may have been published
    later, what was coded in them, and context events that may be later. The codebook stays as it is now. Raises ValueError for what is no date, and where no article is left.
    """
    if not day:
        return case
    try:
        last = dates.bounds(str(day))[1]
    except ValueError as error:
        raise ValueError(f"as_of {str(day)!r}: expected nothing, or {error}") from error
    published = {
        article: dates.bounds(value)[1]
        for article, value in zip(case.articles.article_id, case.articles.published)
    }
    known = {article for article, latest in published.items() if latest <= last}
    if not known:
        raise ValueError(
            f"as_of {str(day)!r}: expected a day from {min(published.values())} on, when the first article was published"
        )
    kept = {
        name: frame[frame.article_id.isin(known)]
        for name, frame in vars(case).items()
        if isinstance(frame, pd.DataFrame) and "article_id" in frame
    }
    units = {"", *(unit for kind in CODED.values() for unit in kept[kind.table][kind.id])}
    decided = case.adjudication[
        [
            {row.pass_a, row.pass_b, row.adjudicated} <= units
            for row in case.adjudication.itertuples()
        ]
    ]
    context = case.context_events[
        [not value or dates.bounds(value)[1] <= last for value in case.context_events.date_edtf]
    ]
    kept = {
        name: frame.reset_index(drop=True)
        for name, frame in {**kept, "adjudication": decided, "context_events": context}.items()
    }
    return replace(
        case,
        **kept,
        **{
            name: {a: v for a, v in getattr(case, name).items() if a in known}
            for name in ("texts", "furniture")
        },
    )


def check(case_dir):
    """Every problem of a case folder, sorted by file and row: an empty list where there is none."""
    try:
        return _read(locate(case_dir))[1]
    except CaseError as error:
        return error.problems


def _read(folder):
    if strays := _strays(folder):
        return None, strays
    meta, problems = _meta(folder)
    texts, furniture, tables, names = {}, {}, {}, {}
    tables["articles"], names["articles"] = (
        _articles(folder, texts, furniture, problems),
        "articles",
    )
    for name, spec in SCHEMA["raw"].items():
        if name != "articles":
            names[name] = spec["file"]
            tables[name], faults = read_raw(folder / spec["file"], name, spec["file"])
            problems += faults
    faults = table_problems(tables, "raw", names)
    for fault in faults:  # an article's "file" is its sidecar
        row = fault.row - 2
        problems.append(
            fault
            if fault.file != "articles"
            else Problem(
                f"articles/{tables['articles'].article_id[row]}.yaml",
                0,
                fault.column,
                fault.found,
                fault.expected,
            )
        )
    for name in (kind.table for kind in UNITS.values()):
        rules.anchor(tables[name], names[name], texts, furniture, problems)
    for name in (kind.table for kind in CODED.values()):
        rules.date(tables[name], names[name], texts, problems)
    rules.number(tables["event_mentions"], names["event_mentions"], problems)
    rules.signs(tables["relations"], names["relations"], tables["relation_types"], problems)
    rules.aliases(tables["aliases"], names["aliases"], texts, problems)
    rules.periods(tables["periods"], names["periods"], problems)
    rules.adjudication(tables, names["adjudication"], problems)
    if problems:
        return None, sorted(set(problems))
    frames = {name: typed(frame, name, "raw") for name, frame in tables.items()}
    return {**meta, "texts": texts, "furniture": furniture, **frames}, []


def _strays(folder):
    """Links that lead out of the folder or nowhere, and what is neither file nor folder: where there are any, nothing is read at all."""
    found, home = [], folder.resolve()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not name.isprintable():
            found.append(
                Problem(
                    ascii(name)[1:-1],
                    0,
                    "",
                    "a name that cannot be printed",
                    "a name in UTF-8, without control characters",
                )
            )
        elif path.is_symlink() and not (path.exists() and path.resolve().is_relative_to(home)):
            found.append(
                Problem(
                    name,
                    0,
                    "",
                    "a link that leads out of the folder, or nowhere",
                    "a file of the case itself",
                )
            )
        elif not (path.is_file() or path.is_dir()):
            found.append(Problem(name, 0, "", "neither a file nor a folder", "a file"))
    return found


def _yaml(path, shown_as, problems):
    """A YAML mapping, or an empty one with the problem told."""
    content, found = mappings.read(path)
    if content is None:
        problems.append(Problem(shown_as, 0, "", found, "a YAML file of `name: value` lines"))
    return content or {}


def _meta(folder):
    problems = []
    content = _yaml(folder / "case.yaml", "case.yaml", problems)
    if content:
        for key in ("title", "subtitle", "question"):
            if not isinstance(content.get(key), str) or UNFIT.search(content[key]):
                problems.append(
                    Problem(
                        "case.yaml",
                        0,
                        key,
                        shown(content.get(key, "nothing")),
                        "a text without control characters",
                    )
                )
        if not isinstance(content.get("authors", []), list) or not all(
            isinstance(name, str) and not UNFIT.search(name) for name in content.get("authors", [])
        ):
            problems.append(
                Problem(
                    "case.yaml",
                    0,
                    "authors",
                    shown(content["authors"]),
                    "a list of names, such as [Ada Obi, Jun Mori]",
                )
            )
        for key in sorted(set(content) - {"title", "subtitle", "question", "authors"}, key=str):
            problems.append(
                Problem(
                    "case.yaml",
                    0,
                    str(key),
                    "an unknown name",
                    "title, subtitle, question or authors",
                )
            )
    authors = content.get("authors", []) if isinstance(content.get("authors"), list) else []
    written = folder / "codebook/README.md"
    return {
        **{k: content.get(k, "") for k in ("title", "subtitle", "question")},
        "authors": tuple(authors),
        "rules": written.read_text(encoding="utf-8", errors="replace") if written.is_file() else "",
    }, problems


def _articles(folder, texts, furniture, problems):
    """The sidecars as a table of strings; fills `texts` and `furniture` by article_id."""
    columns = SCHEMA["raw"]["articles"]["columns"]
    rows = []
    home = folder / "articles"
    stems = sorted(
        {path.stem for path in home.glob("*.txt")} | {path.stem for path in home.glob("*.yaml")}
    )
    if not stems:
        problems.append(
            Problem("articles", 0, "", "no article", "ID.txt and ID.yaml for each article")
        )
    for article in stems:
        sidecar = f"articles/{article}.yaml"
        content = _yaml(home / f"{article}.yaml", sidecar, problems)
        rows.append(
            {c: _cell(content.get(c)) if content else None for c in columns}
            | {"article_id": article}
        )
        problems += [
            Problem(sidecar, 0, c, "a mapping or a list of lists", "a value, or a list of values")
            for c in columns
            if content and rows[-1][c] is None
        ]
        for key in sorted(set(content) - {*columns, "furniture"}, key=str):
            problems.append(
                Problem(
                    sidecar,
                    0,
                    str(key),
                    "an unknown name",
                    f"one of {', '.join(columns[1:])}, furniture{nearest(key, columns)}",
                )
            )
        try:
            raw = (home / f"{article}.txt").read_bytes()
            texts[article] = raw.decode("utf-8")
        except OSError as error:
            problems.append(
                Problem(
                    f"articles/{article}.txt",
                    0,
                    "",
                    error.strerror or "no file",
                    "the text of the article",
                )
            )
            continue
        except UnicodeDecodeError as error:
            problems.append(
                Problem(
                    f"articles/{article}.txt",
                    0,
                    "",
                    f"a byte that is not UTF-8 at {error.start}",
                    "text in UTF-8",
                )
            )
            continue
        digest = hashlib.sha256(raw).hexdigest()
        if content.get("sha256") and str(content["sha256"]) != digest:
            problems.append(
                Problem(
                    f"articles/{article}.txt",
                    0,
                    "sha256",
                    digest[:12] + "…",
                    f"{str(content['sha256'])[:12]}… as in {article}.yaml: the text has changed",
                )
            )
        furniture[article] = _spans(
            content.get("furniture") or [], len(texts[article]), sidecar, problems
        )
    return pd.DataFrame(rows, columns=columns, dtype=object)


def _cell(value):
    """A value of a sidecar as text, a list parted by ";"; None for what is neither, which a row cannot hold."""
    values = [value] if not isinstance(value, list) else value
    return (
        None
        if any(isinstance(one, (list, dict, set)) for one in values)
        else ";".join("" if one is None else str(one) for one in values)
    )


def _spans(spans, length, sidecar, problems):
    """The furniture spans that are whole, as `(start, end, what, note)`."""
    good = []
    for number, span in enumerate(spans if isinstance(spans, list) else [spans], start=1):
        start, end = (
            (span.get("start"), span.get("end")) if isinstance(span, dict) else (None, None)
        )
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= length:
            good.append((start, end, str(span.get("what", "")), str(span.get("note", ""))))
        else:
            problems.append(
                Problem(
                    sidecar,
                    0,
                    f"furniture {number}",
                    shown(span),
                    f"start and end with 0 ≤ start < end ≤ {length}",
                )
            )
    return good


def span(case, period):
    """The EDTF interval of a period: `all` (gives an empty string), a period of the codebook, or an EDTF value itself.

    Raises ValueError where it is none of them.
    """
    known, period = (
        dict(zip(case.periods.period, case.periods.period_edtf)),
        str(period),
    )  # papermill's -p makes a number of a year
    if period == "all":
        return ""
    if period in known:
        return known[period]
    try:
        dates.bounds(period)
    except ValueError as error:
        raise ValueError(
            f"period {period!r}: expected `all`, one of {', '.join(known)}, or an EDTF interval such as 2018-08/2018-09"
        ) from error
    return period


def inside(frame, limits):
    """The rows whose whole `date_edtf` lies in an EDTF interval; all rows where it is empty."""
    return frame[
        pd.Series(
            [not limits or dates.within(value, limits) for value in frame.date_edtf],
            index=frame.index,
            dtype=bool,
        )
    ]


def coded(case, table, coder=None, period="all"):
    """`statements`, `event_mentions` or `relations` with their place in time, of one coder (None or `all`: every one) and period.

    Adds `earliest`, `latest` (ISO days), `period` (the one that holds the whole date, else `unplaced`).
    A row stays in a chosen period only if its whole date lies in it. Raises ValueError for an unknown coder or period.
    """
    frame, limits = getattr(case, table), span(case, period)
    if coder not in (None, "all"):
        if coder not in set(case.coders.coder):
            raise ValueError(
                f"coder {coder!r}: expected `all` or one of {', '.join(case.coders.coder)}"
            )
        frame = frame[frame.coder == coder]
    frame = inside(frame, limits)
    periods = list(zip(case.periods.period, case.periods.period_edtf))
    days = [dates.days(value) for value in frame.date_edtf]
    return frame.assign(
        earliest=[first for first, _ in days],
        latest=[last for _, last in days],
        period=[
            next((name for name, limits in periods if dates.within(value, limits)), "unplaced")
            for value in frame.date_edtf
        ],
    )


def described(case):
    """The articles with the bounds of their date, their length, how much was coded in each by all passes together, and what share of its own text that is."""
    frame = case.articles
    days = [dates.days(value) for value in frame.published]
    counted = {
        f"n_{short}": getattr(case, name).article_id.value_counts()
        for short, name in (
            ("statements", "statements"),
            ("mentions", "event_mentions"),
            ("relations", "relations"),
        )
    }
    return frame.assign(
        earliest=[first for first, _ in days],
        latest=[last for _, last in days],
        n_characters=[len(case.texts[a]) for a in frame.article_id],
        n_furniture=[
            sum(end - start for start, end, _, _ in case.furniture[a]) for a in frame.article_id
        ],
        share_coded=[_share_coded(case, a) for a in frame.article_id],
        **{
            column: frame.article_id.map(counts).fillna(0).astype("Int64")
            for column, counts in counted.items()
        },
    )


def _share_coded(case, article):
    """The share of an article's own text that lies in a coded passage of any pass."""
    own, marked = np.ones(len(case.texts[article]), bool), np.zeros(len(case.texts[article]), bool)
    for start, end, *_ in case.furniture[article]:
        own[start:end] = False
    for frame in (case.statements, case.event_mentions, case.relations):
        for start, end in frame.loc[frame.article_id == article, ["start", "end"]].itertuples(
            index=False
        ):
            marked[start:end] = True
    return float(marked[own].mean()) if own.any() else 0.0
