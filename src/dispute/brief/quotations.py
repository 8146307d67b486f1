"""Quotations: a few short words of each side, each with who said them, a gloss, and its address."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice, zip_longest
from typing import Any, NamedTuple, cast

from dispute.brief.addresses import Addresses
from dispute.site.lookups import Site
from dispute.site.passages import Record, Row, first_words, in_time
from helpers.figures import legend

# Quotations; those in another language that stand among them; letters of one.
MOST, FOREIGN, LONGEST = 12, 2, 150
# What somebody says within a passage, and the note with which a gloss may begin.
SPEECH = re.compile(r"[“\"]([^“”\"]{20,})[”\"]")
NOTE = re.compile(r"^\([^()]*\)\s*")
# Where a sentence begins or ends, or what somebody says.
BOUND = re.compile(r"[.?!][\"”’]?\s+|[\"“”]")
# What stands after the words of a sentence that is cut.
LOOSE = " ,;:–-"


class Chosen(NamedTuple):
    """A passage, and the words of it that are quoted."""

    record: Record
    words: str
    gloss: str


def quotations(site: Site, addresses: Addresses) -> list[dict[str, Any]]:
    """The quotations as the template prints them: by issue, those for it first.

    Those of the answer come first into the choice, then some in another language, then those of the
    story, then statements, of each side and issue in turn.
    """
    chosen = islice(_each_once(_candidates(site)), MOST)
    ordered = sorted(chosen, key=lambda one: _order(site, one.record))
    return [_printed(site, addresses, one) for one in ordered]


def _candidates(site: Site) -> Iterator[Chosen]:
    told = list(_of_sentences(site))
    yield from (one for step, one in told if not step)
    foreign = [_whole(record) for record in site.glossed if record["unit"] == "statement"]
    yield from islice(_each_once(foreign), FOREIGN)
    yield from (one for step, one in told if step)
    yield from map(_whole, _in_turn(site))


def _of_sentences(site: Site) -> Iterator[tuple[str, Chosen]]:
    """The words that the sentences of answer and story quote, each with its step."""
    for row in site.tables["sentences"].itertuples():
        quoted = (row.quoted_id, row.quote), (row.other_quoted_id, row.other_quote)
        for passage, words in quoted:
            if passage in site.passages:
                record = site.passages[passage]
                whole = Chosen(record, _sentence(words, record), "") if words else _whole(record)
                yield row.step, whole


def _sentence(words: str, record: Record) -> str:
    """The sentence of a passage in which words stand; where it is too long, the words alone."""
    passage = " ".join(cast(Row, record)["quote"].split())
    start = passage.find(" ".join(words.split()))
    ends = [found.end() for found in BOUND.finditer(passage) if found.end() <= start]
    begins = [found.start() for found in BOUND.finditer(passage, start + len(words))]
    sentence = passage[max(ends, default=0) : min(begins, default=len(passage))].strip(LOOSE)
    return sentence if start >= 0 and len(sentence) <= LONGEST else words


def _whole(record: Record) -> Chosen:
    """The first words of a passage, or of what is said in it, with the same of its gloss."""
    coded = cast(Row, record)
    return Chosen(record, _short(coded["quote"]), _short(NOTE.sub("", coded["gloss"])))


def _short(text: str) -> str:
    said = SPEECH.search(text)
    return first_words(said[1] if said else text, LONGEST).replace(" …", "\u00a0…")


def _in_turn(site: Site) -> Iterator[Record]:
    """Statements, one of each side and issue in turn, in the order of time."""
    piles: dict[tuple, list[Record]] = {}
    for record in sorted(site.passages.values(), key=in_time):
        if record["unit"] == "statement":
            piles.setdefault(_order(site, record), []).append(record)
    for row in zip_longest(*(piles[key] for key in sorted(piles))):
        yield from filter(None, row)


def _each_once(chosen: Iterable[Chosen]) -> Iterator[Chosen]:
    """Each wording once, and each passage."""
    seen: set[str] = set()
    for one in chosen:
        keys = {one.words, one.record["id"]}
        if not keys & seen:
            seen |= keys
            yield one


def _order(site: Site, record: Record) -> tuple[int, int]:
    """The place of a statement: by its issue, the first ones before the others, then its side."""
    if record["unit"] != "statement":
        return len(site.labels), 0
    issues = list(dict.fromkeys([*site.case.first_issues, *site.labels]))
    side = site.sides[record["stance"]]
    return issues.index(record["issue"]), list(legend.SIDES).index(side)


def _printed(site: Site, addresses: Addresses, one: Chosen) -> dict[str, Any]:
    record = cast(Row, one.record)
    where = addresses.called(one.record)
    told = record["when"] if record["earliest"] and record["when"] not in where else ""
    return {
        "mark": _mark(site, one.record),
        "who": _who(site, one.record),
        "about": _about(site, one.record),
        "words": one.words.strip(LOOSE),
        "lang": _language(site, record) if one.gloss else "en",
        "gloss": one.gloss,
        "notes": _notes(site, record["article_id"], one.words),
        "when": told,
        "where": where,
        "link": addresses.passage(one.record),
    }


def _mark(site: Site, record: Record) -> str:
    if record["unit"] != "statement":
        return ""
    return legend.SIDES[site.sides[record["stance"]]].sign


def _who(site: Site, record: Record) -> str:
    if record["unit"] == "statement":
        speaker, whom = record["speaker"], record["on_behalf_of"]
        for_whom = f", for {site.name(whom)}" if whom not in ("", speaker) else ""
        teller = f", as told by {site.name(record['quoted_by'])}" if record["quoted_by"] else ""
        return site.name(speaker) + for_whom + teller
    teller = cast(Row, record)["according_to"]
    return site.name(teller) if teller else site.publisher(record["article_id"])


def _about(site: Site, record: Record) -> str:
    if record["unit"] != "statement":
        return ""
    side = legend.SIDES[site.sides[record["stance"]]].meaning
    return f"{side}: {site.labels[record['issue']]}"


def _language(site: Site, record: Row) -> str:
    """The language of words that are not English, as Typst takes it.

    Of a passage in several languages, the one of its article that is not English.
    """
    tags = (
        record["lang"] if record["lang"] != "mul" else site.article(record["article_id"]).language
    )
    others = [tag.partition("-")[0] for tag in tags.split(";")]
    return next((tag for tag in others if tag != "en" and len(tag) in (2, 3)), "en")


def _notes(site: Site, article: str, words: str) -> list[str]:
    """What the codebook notes of names as they are printed in these words."""
    names = site.case.aliases
    here = names[(names.article_id == article) & (names.note != "")]
    notes = {row.alias: row.note for row in here.itertuples() if row.alias in words}
    return [f"{name}: {note}" for name, note in notes.items() if not _is_part(name, notes)]


def _is_part(name: str, names: Iterable[str]) -> bool:
    return any(name != other and name in other for other in names)
