"""`dispute draw`: blank sheets for people, and what they filled in."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from dispute.cli._places import expect_new
from dispute.cli._sheets import read_back
from dispute.cli._telling import tell

if TYPE_CHECKING:
    import pandas as pd

    from helpers.case.model import Case

Verb = Callable[..., Any]
# Passages that are drawn, and articles for a class, where no number is asked for.
PASSAGES, OF_CLASS = 20, 2
# The options of a sample of the case itself.
SAMPLING = ("strata", "from", "texts")


class Asked(NamedTuple):
    """The options, as they were given, but those of a sample of the case itself."""

    passages: int | None
    articles: int | None
    seed: int
    coder: str
    exercise: bool
    language: str
    read: bool


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
@click.option("--exercise", is_flag=True, help="For a class: two articles, unless N are asked.")
@click.option("--language", metavar="TAG", default="en", help="Of the exercise, such as sw (en).")
@click.option("--read", is_flag=True, help="Read the filled sheet, or sheets, of FOLDER back.")
def draw(case_dir: str, folder: str | None, **options: Any) -> int:
    """Draw what people code by hand: blank sheets, or a sample of the case itself.

    With FOLDER, which is new, sheets to compare people with a coder: passages are drawn at random
    among those that the coder marked, or whole articles. FOLDER keeps the probabilities of drawing.
    With --read, the filled sheet in it is compared with the coder: shares, Krippendorff's alpha and
    its 95 % interval, also in agreement.csv.

    With --exercise, FOLDER is for a class: articles to code blank, a page to print and a blank case
    for the desk. With --read, the filled sheets/NAME.csv of all readers are compared with each
    other and with the coder; lesson.html is for them.

    Without FOLDER, --articles N draws which articles of a large case are coded at all, by --strata
    (year, month, day, publisher, language, or a column of article_attributes.csv). They stand in
    the case's sample.csv; the desk offers them in a random order. With --from OUT --texts IN they
    come from a corpus outside the case: OUT is what `dispute corpus` made of IN.
    """
    from helpers.case.load import load_open

    sampling = {name: options.pop(name) for name in SAMPLING}
    asked = Asked(**options)
    if folder is None:
        _refuse_beside_a_sample(asked)
        return _sample(case_dir, asked.articles or 0, asked.seed, **sampling)
    _refuse_beside_sheets(asked, sampling)
    case = load_open(case_dir)
    if asked.read:
        return read_back(case, Path(folder), asked.language)
    _make(case, case_dir, Path(folder), asked)
    tell(f"dispute draw {case_dir} {folder} --read")
    return 0


def _refuse_beside_a_sample(asked: Asked) -> None:
    if asked.passages or asked.coder or asked.exercise or asked.read:
        options = "--passages, --coder, --exercise and --read"
        raise click.UsageError(f"{options} go with a FOLDER: name one")
    if not asked.articles:
        raise click.UsageError("a FOLDER for sheets, or --articles N for a sample of the case")


def _refuse_beside_sheets(asked: Asked, sampling: dict[str, str | None]) -> None:
    if any(sampling.values()):
        told = ", ".join(f"--{name}" for name, value in sampling.items() if value)
        raise click.UsageError(f"{told}: for a sample of the case itself; leave FOLDER out")
    if asked.read and (asked.passages or asked.articles or asked.coder or asked.exercise):
        raise click.UsageError("--read takes what FOLDER says was drawn: nothing else beside it")
    if asked.passages and (asked.articles or asked.exercise):
        raise click.UsageError("--passages or whole articles: name one of them")


def _sample(case_dir: str, number: int, seed: int, **sampling: str | None) -> int:
    """Draw which articles people code, and keep it in the case."""
    from helpers.case.load import load_open
    from helpers.words import counted

    case = load_open(case_dir)
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
    from helpers.analysis.sampling import as_text, draw_sample
    from helpers.case.files import csv_text, write_file
    from helpers.case.folder import SAMPLE, locate

    articles = case.articles.merge(case.article_attributes, on="article_id", how="left").fillna("")
    frame = draw_sample(articles, number, by, seed)
    rows = as_text(frame)
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


def _make(case: "Case", case_dir: str, folder: Path, asked: Asked) -> None:
    """Draw, make the folder, and tell how to go on."""
    from dispute.exercise.sheet import files
    from dispute.messages import words
    from helpers.analysis.drawing import draw_articles, draw_passages
    from helpers.case.drawn_sheets import write_sheets
    from helpers.case.folder import locate
    from helpers.case.load import coded
    from helpers.words import counted

    expect_new(folder)
    coder = asked.coder or case.coder
    if coder == "all":
        raise ValueError("coder 'all': expected one coder (--coder), whose statements are compared")
    statements, more = coded(case, "statements", coder), {}
    number = asked.articles or (OF_CLASS if asked.exercise else None)
    if number:
        drawn = draw_articles(case.articles, number, asked.seed)
    else:
        drawn = draw_passages(statements, asked.passages or PASSAGES, asked.seed)
    if asked.exercise:
        more = files(locate(case_dir), case, drawn, words(asked.language))
    write_sheets(folder, case, drawn, coder, asked.seed, more)
    noun = "article" if number else "passage"
    tell(f"{folder}: {counted(len(drawn), noun)}, each drawn with p = {drawn.probability[0]:.3f}")
    if asked.exercise:
        tell(f"print {folder}/exercise.html, or let each reader code {folder}/case at the desk;")
        tell(f"put their sheets into {folder}/sheets, then:")
    else:
        tell(f"fill in {folder}/sheet.csv by {folder}/codebook.md, then:")
