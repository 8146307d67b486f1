"""Articles added to a case: each source whole or not at all, and nothing overwritten."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dispute.intake import agencies, furniture, likeness, putting
from dispute.intake.client import Client
from dispute.intake.corpus import Corpus, read_corpus
from dispute.intake.drafts import Draft, Reading, RefusedError, Search
from dispute.intake.ids import article_id
from dispute.intake.languages import UNKNOWN, languages_of
from dispute.intake.searches import FILE, with_searches
from dispute.intake.sidecars import files_of
from dispute.intake.sources import Source, read_source
from helpers.dates.edtf import NEVER, days

# Characters of a headline or name, and of an article.
LINE, TEXT = 500, 2_000_000
# From this share on, another publisher is proposed as the first.
PROPOSED = 0.5
# So many pages are fetched before the first article of them is written: what is lost when somebody
# stops a long list.
BATCH = 100


@dataclass
class Added:
    """An article that was added, with what a person should look at."""

    article_id: str
    draft: Draft
    origin: str = ""


@dataclass
class Report:
    """What came of it: what was added, what was not with the reason, and what else is told."""

    added: list[Added] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    searches: list[Search] = field(default_factory=list)


@dataclass
class Prepared:
    """What is to be added of one source."""

    name: str
    reading: Reading
    added: list[Added]
    left_out: list[str]

    def files(self) -> dict[str, bytes]:
        """The files of its articles, by their paths within the case."""
        files: dict[str, bytes] = {}
        for new in self.added:
            made = files_of(new.article_id, new.draft, new.origin)
            files |= {f"articles/{name}": content for name, content in made.items()}
        return files

    def searches(self) -> tuple[Search, ...]:
        """Its searches, where an article of it is added."""
        return self.reading.searches if self.added else ()


def add(folder: Path, sources: Sequence[Source], client: Client) -> Report:
    """Add the articles of some sources to the case in a folder.

    A source that cannot be read, or of which an article would be no sound one, is told and leaves
    nothing behind. The folder's other files stay as they are; a search that an export tells of
    becomes a row of `search.csv`.
    """
    report = Report()
    for batch in _batches(sources):
        _add_some(folder, batch, client, report)
    return report


def _batches(sources: Sequence[Source]) -> Iterator[list[Source]]:
    """The sources in parts of at most `BATCH` addresses: files are quick, and do not count."""
    batch: list[Source] = []
    addresses = 0
    for source in sources:
        batch.append(source)
        addresses += bool(source.address)
        if addresses >= BATCH:
            yield batch
            batch, addresses = [], 0
    if batch:
        yield batch


def _add_some(folder: Path, sources: Sequence[Source], client: Client, report: Report) -> None:
    """Add the articles of some sources, and what came of them to the report."""
    corpus = read_corpus(folder)
    readings = []
    for source in sources:
        if known := corpus.addresses.get(source.address):
            report.left_out.append(f"{source.name}: its page is there already, as {known}")
            continue
        try:
            reading = read_source(source, client)
            readings.append((source.name, reading._replace(drafts=tuple(_tidy(reading.drafts)))))
        except RefusedError as error:
            report.refused.append((source.name, str(error)))
    for prepared in _sound(folder, corpus, readings, report):
        try:
            report.searches += _put(folder, prepared)
        except (RefusedError, OSError) as error:
            report.refused.append((prepared.name, str(error)))
            continue
        report.added += prepared.added
        report.left_out += prepared.left_out


def _put(folder: Path, prepared: Prepared) -> list[Search]:
    """Write the files of one source; the searches that are new in `search.csv`."""
    if not prepared.searches():
        putting.put_new(folder, prepared.files())
        return []
    table, new = with_searches(folder, prepared.searches())
    putting.put_new(folder, prepared.files(), {FILE: table} if new else {})
    return new


def _sound(
    folder: Path, corpus: Corpus, readings: Sequence[tuple[str, Reading]], report: Report
) -> list[Prepared]:
    """What is to be added, without the sources that would make the case unsound: those are told."""
    while True:
        drafts = [draft for _, reading in readings for draft in reading.drafts]
        adding = _Adding(corpus, drafts)
        every = [adding.prepare(name, reading) for name, reading in readings]
        faults = _faults(folder, every)
        if not any(faults):
            return every
        found = zip(every, faults, strict=True)
        report.refused += [(one.name, some) for one, some in found if some]
        # What another source shares with one that is gone is told anew.
        readings = [one for one, some in zip(readings, faults, strict=True) if not some]


def _faults(folder: Path, every: Sequence[Prepared]) -> list[str]:
    """Why each of some sources would make a case unsound, in words; empty where it would not."""
    together = _trial(folder, every)
    if not together:
        return [""] * len(every)
    each = [_trial(folder, [one]) for one in every]
    return each if any(each) else [together] * len(every)


def _trial(folder: Path, some: Sequence[Prepared]) -> str:
    files: dict[str, bytes] = {}
    for prepared in some:
        files |= prepared.files()
    searches = [one for prepared in some for one in prepared.searches()]
    try:
        if searches:
            files[FILE] = with_searches(folder, searches)[0]
    except RefusedError as error:
        return str(error)
    return putting.faults(files) if files else ""


def _tidy(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts with a headline of one line and their languages; what is not known is a doubt."""
    for draft in drafts:
        if len(draft.text) > TEXT:
            raise RefusedError(f"a text of more than {TEXT // 1_000_000} million characters")
        languages = languages_of(draft.own_words())
        doubts = list(draft.doubts)
        if languages == UNKNOWN:
            doubts.append("its language could not be told: it stands as `und`")
        if not draft.publisher:
            doubts.append("its publisher is not known: `publisher` is empty")
        if not draft.published.edtf:
            doubts.append("it is undated: `published` is empty")
        if draft.captured and is_later(draft.published.edtf, draft.captured):
            doubts.append("it is dated after the day on which it was fetched")
        yield replace(
            draft,
            title=_one_line(draft.title),
            publisher=_one_line(draft.publisher),
            rights=_one_line(draft.rights),
            languages=languages,
            doubts=tuple(doubts),
        )


def _one_line(words: str) -> str:
    """Words on one line, without what a page or a terminal would obey."""
    return "".join(filter(str.isprintable, " ".join(words.split())))[:LINE]


class _Adding:
    """The articles of a case while new ones are added, and what these have in common with all."""

    def __init__(self, corpus: Corpus, drafts: Sequence[Draft]) -> None:
        self.old, self.texts = corpus.words, corpus.texts
        self.publishers, self.dates = dict(corpus.publishers), dict(corpus.dates)
        new = {f"new {number}": draft for number, draft in enumerate(drafts)}
        self.keys = {id(draft): key for key, draft in new.items()}
        words = {key: draft.own_words() for key, draft in new.items()}
        self.shared = likeness.alike(words, corpus.words.items())
        self.lines = {key: furniture.line_keys(draft.text) for key, draft in new.items()}
        self.lines |= corpus.keys
        self.counts: Counter[str] = Counter()
        for keys in self.lines.values():
            self.counts.update(keys)
        # Those of the new ones that are to become articles, by their ids.
        self.ids: dict[str, str] = {}
        self.taken = {name.partition(".")[0] for name in corpus.names}
        self.taken |= {name.rpartition(".")[0] for name in corpus.names}

    def prepare(self, name: str, reading: Reading) -> Prepared:
        """What is to be added of one source, after those that were prepared before it."""
        prepared = Prepared(name, reading, [], list(reading.left_out))
        for draft in reading.drafts:
            key = self.keys[id(draft)]
            known = [(one, name) for one in self.shared[key] if (name := self._name(one))]
            if twin := self._twin(draft, known):
                told = f"{draft.came_from}: its words are there already, as {twin}"
                prepared.left_out.append(told)
                continue
            new = self._article(draft, key, known)
            self.ids[key] = new.article_id
            prepared.added.append(new)
        return prepared

    def _name(self, shared: likeness.Shared) -> str:
        """The id of an article that shares words; empty where it is not added, or not yet."""
        return shared.other if shared.other in self.old else self.ids.get(shared.other, "")

    def _twin(self, draft: Draft, known: Sequence[tuple[likeness.Shared, str]]) -> str:
        """The article that a draft already is: the same words of the same paper and day."""
        for shared, name in known:
            publisher, date = self.publishers.get(name, ""), self.dates.get(name, "")
            same_paper = draft.publisher in ("", publisher)
            same_day = draft.published.edtf in ("", date)
            same_words = shared.same or draft.text == self.texts.get(name)
            if same_words and same_paper and same_day:
                return name
        return ""

    def _article(
        self, draft: Draft, key: str, known: Sequence[tuple[likeness.Shared, str]]
    ) -> Added:
        """A draft with its id, the lines that it shares with others, and what is doubtful."""
        origin = agencies.named(draft.text)
        doubts = list(draft.doubts)
        if origin:
            doubts.append(f"it names {origin}: if they wrote it, write `origin: {origin}`")
        for shared, name in known:
            told, first = self._reprint(draft, shared, name)
            doubts.append(told)
            origin = origin or first
        counts = self.counts - Counter(self.lines[key])
        for shared in self.shared[key]:
            counts -= Counter(self.lines[shared.other])
        spans = furniture.with_repeated(draft.text, draft.furniture, counts)
        address = draft.came_from if "://" in draft.came_from else ""
        date = draft.published.edtf
        name = article_id(draft.publisher, date, address, self.taken)
        self.taken.add(name)
        self.publishers[name], self.dates[name] = draft.publisher, date
        return Added(name, replace(draft, furniture=spans, doubts=tuple(doubts)), origin)

    def _reprint(self, draft: Draft, shared: likeness.Shared, name: str) -> tuple[str, str]:
        """What two articles share in words, and who is proposed as the first of a new one."""
        told = f"a reprint? It shares {shared.share:.0%} of the shorter one's words with {name}"
        publisher, date = self.publishers.get(name, ""), self.dates.get(name, "")
        if shared.share < PROPOSED or not publisher or publisher == draft.publisher:
            return told, ""
        if is_later(date, draft.published.edtf):
            return f"{told}, which is later: the `origin` of that one may be {draft.publisher}", ""
        return f"{told}: its `origin` may be {publisher}", publisher


def is_later(one: str, other: str) -> bool:
    """Whether all of one date (EDTF) is after another; never where one of them is not known."""
    if not one or not other:
        return False
    return days(one)[0] > (days(other)[1] or NEVER)
