"""`dispute draw`: blank sheets for people, and what they filled in."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from dispute.cli._places import expect_new
from dispute.cli._sheets import read_back
from dispute.cli._telling import tell

if TYPE_CHECKING:
    from helpers.case.model import Case

# Passages that are drawn, and articles for a class, where no number is asked for.
PASSAGES, OF_CLASS = 20, 2


class Asked(NamedTuple):
    """The options, as they were given."""

    passages: int | None
    articles: int | None
    strata: str | None
    seed: int
    coder: str
    exercise: bool
    language: str
    read: bool


@click.command()
@click.argument("case_dir", metavar="CASE")
@click.argument("folder", metavar="[FOLDER]", required=False)
@click.option("--passages", metavar="N", type=click.IntRange(1), help=f"Passages ({PASSAGES}).")
@click.option("--articles", metavar="N", type=click.IntRange(1), help="Whole articles instead.")
@click.option("--strata", metavar="NAMES", help="Draw so many of each: month, publisher, …")
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
    the case's sample.csv; the desk offers them in a random order.
    """
    from helpers.case.load import load

    asked = Asked(**options)
    if folder is None:
        _refuse_beside_a_sample(asked)
        return _sample(case_dir, asked.articles or 0, asked.strata or "", asked.seed)
    _refuse_beside_sheets(asked)
    case = load(case_dir)
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


def _refuse_beside_sheets(asked: Asked) -> None:
    if asked.strata is not None:
        raise click.UsageError("--strata is for a sample of the case itself: leave FOLDER out")
    if asked.read and (asked.passages or asked.articles or asked.coder or asked.exercise):
        raise click.UsageError("--read takes what FOLDER says was drawn: nothing else beside it")
    if asked.passages and (asked.articles or asked.exercise):
        raise click.UsageError("--passages or whole articles: name one of them")


def _sample(case_dir: str, number: int, strata: str, seed: int) -> int:
    """Draw which articles of the case people code, and keep it in the case."""
    from helpers.analysis.sampling import draw_sample
    from helpers.case.files import csv_text, write_file
    from helpers.case.folder import locate
    from helpers.case.load import load
    from helpers.case.schema import SCHEMA
    from helpers.words import counted

    case = load(case_dir)
    place = locate(case_dir) / SCHEMA["raw"]["sample"]["file"]
    if len(case.sample):
        raise ValueError(f"{place}: a sample is drawn already; move it away to draw another")
    attributes = case.article_attributes
    articles = case.articles.merge(attributes, on="article_id", how="left").fillna("")
    by = [name.strip() for name in strata.split(",") if name.strip()]
    frame = draw_sample(articles, number, by, seed)
    rows = frame.assign(probability=[f"{share:.6f}" for share in frame.probability])
    write_file(place, csv_text([list(rows), *rows.itertuples(index=False, name=None)]).encode())
    drawn = int((frame.place > 0).sum())
    tell(f"{place}: {drawn} of {counted(len(frame), 'article')} drawn, seed {seed}")
    for stratum, own in frame.groupby("stratum", sort=True):
        tell(f"  {stratum}: {int((own.place > 0).sum())} of {len(own)}")
    tell(f"the desk offers them in their order: dispute desk {case_dir} --coder NAME")
    return 0


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
