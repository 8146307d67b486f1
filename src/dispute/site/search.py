"""The search: passages, people and pages as units, in small files that are loaded as asked for.

A browser forbids a page that is opened as a file to read others, but not to run scripts: each file
of the index is a call with what it holds. `directory.js` says which terms and units lie where;
`terms-N.js` has the terms in their order, each with the numbers of its units; `texts-N.js` has the
units. Numbers are written as differences, in base 36.

People come first, then evidence, then other pages. An actor is a term too (`@` and its number): a
passage that an actor says, or that prints the actor under whatever name, has it. So the search
finds it by every name. `src/dispute/templates/scripts/search.js` reads all this.
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, cast

from dispute.site.lookups import Site
from dispute.site.passages import Record
from dispute.site.places import Places, To
from helpers.case.selection import publication
from helpers.words import counted

FOLDER = "search"
# The bytes that one file of terms, or of units, holds.
TERMS, TEXTS = 40_000, 64_000
# A term in more than a quarter of at least so many units tells nothing: it is named and left out.
MANY, COMMON = 2000, 4
# The columns that name an actor of a passage.
ROLES = ["speaker", "on_behalf_of", "quoted_by", "according_to", "source", "target"]
ROLES += ["actor_id", "organisation"]
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Unit(NamedTuple):
    """Something that is found: where it leads, what it is, its words, and who is in it.

    `names` are words that find it and are not shown.
    """

    href: str
    title: str
    text: str
    actors: frozenset[str] = frozenset()
    names: str = ""


class Section(NamedTuple):
    """A section of a page that is no evidence: where it is, its heading, and its text."""

    page: str
    anchor: str
    title: str
    text: str


def fold(text: str) -> str:
    """Text without capital letters and accents, as the search compares it."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in apart if unicodedata.category(char)[0] != "M")
    return plain.lower()


def words(text: str) -> list[str]:
    """The folded words of a text: letters and digits."""
    return re.findall(r"[^\W_]+", fold(text))


def index(site: Site, places: Places, pages: Iterable[Section]) -> Iterator[tuple[str, str]]:
    """The files of the index: path from the root of the site, and text."""
    to = places.to("")
    people = site.by_name()
    numbers = {actor: number for number, actor in enumerate(people)}
    units = [_person(site, actor, to) for actor in people]
    units += _passages(site, to)
    units += _articles(site, to)
    evidence = len(units)
    units += [Unit(to(one.page, one.anchor), one.title, one.text) for one in pages]
    postings, common = _postings(units, numbers)
    starts = []
    for number, lines in enumerate(_filled(_lines(postings), TERMS)):
        starts.append(lines[0][0])
        yield _file(f"terms-{number}", dict(lines))
    firsts, first = [], 0
    rows = [(unit, [unit.href, unit.title, unit.text]) for unit in units]
    for number, some in enumerate(_filled(rows, TEXTS)):
        firsts.append(first)
        first += len(some)
        yield _file(f"texts-{number}", [row for _, row in some])
    kinds = {"people": len(people), "pages": evidence}
    files = {"terms": starts, "texts": firsts, "common": common}
    yield _file("directory", kinds | files)


def _file(name: str, content: Any) -> tuple[str, str]:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # What ends a line of a script in an old reader.
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"{FOLDER}/{name}.js", f'found("{name}",{text})\n'


def _person(site: Site, actor: str, to: To) -> Unit:
    row = site.actor(actor)
    printed = " ".join(name for name, _ in site.printed(actor))
    about = row.about or row.kind
    return Unit(to(f"people/{actor}"), row.name, about, frozenset([actor]), printed)


def _passages(site: Site, to: To) -> Iterator[Unit]:
    """The coded passages, in the order of article and place."""
    named = _named(site)
    for article in site.articles():
        for record in site.on_page(article.article_id):
            if record["unit"] == "passage":
                continue
            roles = {str(record.get(role, "")) for role in ROLES} & site.names.keys()
            here = to(f"evidence/{article.article_id}", record["anchor"])
            text = " ".join(filter(None, [record["quote"], record["gloss"]]))
            actors = frozenset(roles | named.get(record["id"], set()))
            # Who asks for "Swahili" wants what was said in it.
            said_in = record["languages"] if record["gloss"] else ""
            yield Unit(here, _headline(site, record), text, actors, said_in)


def _headline(site: Site, record: Record) -> str:
    """What a passage is, in a line."""
    known = cast(dict[str, Any], record)
    publisher = f"{site.publisher(record['article_id'])}, {_published(site, record)}"
    told = known.get("quoted_by") or known.get("according_to")
    account = f", according to {site.name(told)}" if told else ""
    if record["unit"] == "statement":
        label = site.labels.get(record["issue"], record["issue"])
        words = f"{site.name(record['speaker'])} on “{label}”: {site.scale[record['stance']]}"
    elif record["unit"] == "event-mention":
        words = str(record["description"]).rstrip(".")
    elif record["unit"] == "relation":
        verb = site.verbs[record["relation"]]
        words = f"{site.name(record['source'])} {verb} {site.name(record['target'])}"
    else:
        words = f"{site.name(known['actor_id'])}, {known['role']}"
    return f"{words}{account} · {publisher}"


def _published(site: Site, record: Record) -> str:
    return publication(site.article(record["article_id"]).published)


def _named(site: Site) -> dict[str, set[str]]:
    """The actors whom a passage prints under some name, by its id."""
    printed: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for row in site.tables["actor_mentions"].itertuples():
        printed[row.article_id].append((row.start, row.end, row.actor_id))
    named: dict[str, set[str]] = {}
    for article, spans in printed.items():
        for record in site.on_page(article):
            within = [s for s in spans if s[0] < record["end"] and record["start"] < s[1]]
            named[record["id"]] = {actor for _, _, actor in within}
    return named


def _articles(site: Site, to: To) -> Iterator[Unit]:
    for article in site.articles():
        number = sum(record["unit"] != "passage" for record in site.on_page(article.article_id))
        text = f"{site.publisher(article.article_id)}, {publication(article.published)}: "
        text += counted(number, "coded passage")
        yield Unit(to(f"evidence/{article.article_id}"), article.title, text)


def _postings(units: list[Unit], numbers: dict[str, int]) -> tuple[dict[str, list[int]], list[str]]:
    """Each term with the numbers of its units, and the terms that are too common."""
    postings: dict[str, list[int]] = defaultdict(list)
    for number, unit in enumerate(units):
        terms = {*words(f"{unit.title} {unit.text} {unit.names}")}
        terms |= {f"@{numbers[actor]}" for actor in unit.actors}
        for term in terms:
            postings[term].append(number)
    most = len(units) // COMMON if len(units) >= MANY else len(units)
    common = {term for term, some in postings.items() if len(some) > most and term[0] != "@"}
    kept = {term: some for term, some in postings.items() if term not in common}
    return kept, sorted(common)


def _lines(postings: dict[str, list[int]]) -> list[tuple[str, str]]:
    """The terms in the order of a script, each with the differences of its numbers."""
    ordered = sorted(postings, key=lambda term: term.encode("utf-16-be", "surrogatepass"))
    return [(term, _differences(postings[term])) for term in ordered]


def _differences(numbers: list[int]) -> str:
    before = [0, *numbers]
    return " ".join(base36(now - then) for then, now in zip(before, numbers, strict=False))


def base36(number: int) -> str:
    """A number in base 36, as a script reads it."""
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits


def _filled(rows: Iterable[tuple[Any, Any]], most: int) -> Iterator[list[tuple[Any, Any]]]:
    """Rows in files of so many bytes."""
    held: list[tuple[Any, Any]] = []
    weight = 0
    for row in rows:
        size = len(json.dumps(row[1], ensure_ascii=False)) + 16
        if held and weight + size > most:
            yield held
            held, weight = [], 0
        held.append(row)
        weight += size
    if held:
        yield held
