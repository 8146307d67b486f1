"""A sample of a corpus put into a case: its articles, and what the rules count in them and in all.

The articles are taken from the files of the corpus, which are to be those that were read.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from dispute.corpus.article import Article, article_of
from dispute.corpus.parts import IDENTITY, PARTS
from dispute.corpus.reading import digest_of
from dispute.corpus.records import records_of
from dispute.corpus.sources import Fields, Source, sources_of
from dispute.intake.drafts import Dated, Draft, Span
from dispute.intake.ids import article_id
from dispute.intake.sidecars import files_of
from helpers.analysis.sampling import as_text, draw_sample
from helpers.case.additions import add_to_case
from helpers.case.folder import locate
from helpers.case.model import Case
from helpers.case.problems import CaseError
from helpers.proposing.codebook import codebook_of

# Characters of the first line of a text that serve as its title, and how its date is known.
TITLE, BASIS = 200, "as the corpus says"
# The column of the case in which an article's place in the corpus is kept.
PLACE = "corpus_id"
FRAME = ["article_id", "published", "publisher", "language", "month"]
CELL = ["actor_id", "issue", "stance", "month"]
Row = dict[str, str]


def draw_from(
    case: Case, case_dir: str, out: Path, corpus: Path, number: int, by: Sequence[str], seed: int
) -> pd.DataFrame:
    """Put a sample of a corpus into a case; gives the drawn rows of `draw_sample`.

    `out` is what `dispute corpus` made of the files in `corpus`. Raises ValueError where it is not
    finished, where files or codebook are others, or as `draw_sample`; then nothing is written.
    """
    sources = sources_of(corpus)[0]
    identity = _identity(out, case, sources)
    parts = ds.dataset(sorted((out / PARTS).glob("part-*.parquet")))
    frame = parts.to_table(columns=FRAME, filter=pc.field("fault") == "").to_pandas()
    sample = draw_sample(frame, number, by, seed)
    drawn = sample[sample.place > 0].sort_values("place", ignore_index=True)
    places = set(drawn.article_id)
    texts = dict(_articles(sources, Fields(**identity["fields"]), places))
    languages = dict(zip(frame.article_id, frame.language, strict=True))
    names = _names(drawn.article_id, texts, set(case.articles.article_id))
    files: dict[str, bytes] = {}
    for place, name in names.items():
        draft = _draft(texts[place], languages[place], f"{place} of a corpus")
        files |= {f"articles/{file}": text for file, text in files_of(name, draft, "").items()}
    counts = parts.to_table(
        columns=["article_id", "counts"], filter=pc.field("article_id").isin(sorted(places))
    )
    named = drawn.assign(article_id=drawn.article_id.map(names))
    rows = {
        "sample": as_text(named).to_dict("records"),
        "machine_totals": _totals(out),
        "machine_counts": list(_counted(counts.to_pylist(), names)),
        "article_attributes": [
            {"article_id": name, PLACE: place} for place, name in sorted(names.items())
        ],
    }
    if problems := add_to_case(locate(case_dir), rows, files):
        raise CaseError(problems)
    return named


def _identity(out: Path, case: Case, sources: Sequence[Source]) -> dict:
    """What the folder says that it was made of; raises ValueError where that is something else."""
    path = out / IDENTITY
    if not path.is_file() or not (out / "counts.parquet").is_file():
        raise ValueError(f"{out}: expected what `dispute corpus` has made, to its end")
    identity: dict = json.loads(path.read_text(encoding="utf-8"))
    if identity["codebook"] != digest_of(codebook_of(case)):
        raise ValueError(f"{path}: found another codebook; expected that of the case: read it anew")
    if identity["files"] != [source.fingerprint() for source in sources]:
        raise ValueError(f"{path}: found other files than those that it names; expected the same")
    return identity


def _articles(
    sources: Sequence[Source], fields: Fields, places: set[str]
) -> Iterator[tuple[str, Article]]:
    """The drawn articles with their places in the corpus."""
    for record in records_of(sources, fields):
        if record.article_id in places:
            yield record.article_id, article_of(record, fields)


def _names(places: Sequence[str], texts: dict[str, Article], taken: set[str]) -> dict[str, str]:
    """The ids of the drawn articles in the case, by their places in the corpus."""
    names: dict[str, str] = {}
    for place in sorted(places):
        one = texts[place]
        names[place] = article_id(one.publisher, one.published, one.address, taken)
        taken.add(names[place])
    return names


def _draft(article: Article, language: str, came_from: str) -> Draft:
    title = next((line.strip() for line in article.text.splitlines() if line.strip()), "")
    return Draft(
        article.text,
        title[:TITLE],
        came_from,
        article.publisher,
        Dated(article.published, BASIS if article.published else "not known"),
        languages=tuple(filter(None, language.split(";"))),
        furniture=tuple(Span(*span) for span in article.furniture),
    )


def _totals(out: Path) -> list[Row]:
    """What the rules count in the whole corpus."""
    counts = pq.read_table(out / "counts.parquet").to_pandas()
    sums = counts.groupby(CELL, sort=True, dropna=False).n.sum().rename("n_statements")
    return sums.reset_index().astype(str).to_dict("records")


def _counted(counts: Sequence[dict], names: dict[str, str]) -> Iterator[Row]:
    """What they count in each drawn article, in the order of the ids."""
    for row in sorted(counts, key=lambda row: names[row["article_id"]]):
        for cell in row["counts"]:
            number = {"article_id": names[row["article_id"]], "n_statements": str(cell["n"])}
            yield {name: str(cell[name]) for name in CELL[:3]} | number
