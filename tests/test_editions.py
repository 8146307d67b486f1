"""The closed edition: few words of each article, the same codes, and a way back to the letter."""

import csv
import hashlib
import json
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispute.cli import main
from dispute.editions.closing import _rows, closed_files
from dispute.editions.deposit import _record
from dispute.editions.edits import Change, changed, opened
from dispute.editions.opening import open_files
from dispute.editions.shown_words import texts_of, words_shown
from helpers.case.article_words import ArticleWords
from helpers.case.closed_edition import CUT, SHARE, Closing, closed
from helpers.case.load import check, load, load_open
from helpers.case.raw_tables import lines_of
from helpers.case.schema import CODED

WORDS = "the keepers of the lamp said on Friday that “no tower” shall go dark, ever again".split()
TEXTS = {"one": "  ".join(WORDS), "two": " ".join(reversed(WORDS))}
CASES = ["data/raw", "tests/cases/lighthouse", "tests/cases/machine"]


# --- runs of words


def test_a_run_is_known_whatever_stands_between_its_words_and_how_they_are_written():
    words = ArticleWords({"a": "One two three, four five six seven."})
    found = list(words.runs("x ONE <two> three—four\nfive six eight"))
    assert [(run.article, run.first, run.last) for run in found] == [("a", 0, 6)]
    assert not list(words.runs("one two three four six five"))


def test_of_two_articles_the_longer_run_is_taken_and_both_are_counted():
    words = ArticleWords({"a": "a b c d e x", "b": "a b c d e f g"})
    assert [run[2:] for run in words.runs("a b c d e f")] == [("b", 0, 6)]
    assert words.everywhere("a b c d e") == {"a": {0, 1, 2, 3, 4}, "b": {0, 1, 2, 3, 4}}


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("灯塔管理局昨天在哈文举行第一次听证会", "他说灯塔管理局昨天在哈文举行第一次听证会。"),
        ("the café at the light house", "the cafe\u0301 at the light house"),
        ("no light\u00adhouse on this coast burns", "no lighthouse on this coast bu\u00adrns"),
    ],
)
def test_a_run_is_known_without_blanks_and_whatever_way_its_letters_are_encoded(text, other):
    words = ArticleWords({"a": text})
    assert [run.last for run in words.runs(other)] == [len(words.words["a"])]
    assert len(words.words["a"]) >= 5


# --- edits

PIECES = st.lists(
    st.sampled_from([*WORDS, '""', "\\n", ",", "Ω", "of the lamp said on friday that"])
)


@given(PIECES, st.data())
def test_a_changed_text_opens_to_the_letter(pieces, data):
    text = " ".join(pieces)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    changes = [Change(*span, "[…]") for span in zip(cuts[::2], cuts[1::2], strict=False)]
    shown, edits = changed(text, changes, ArticleWords(TEXTS))
    kept = json.loads(json.dumps(edits))
    assert opened(shown, kept, TEXTS) == text


def test_what_is_cut_stands_in_the_edits_as_a_place_and_not_as_words():
    words = ArticleWords(TEXTS)
    passage = '"the lamp said on Friday that, “no tower” shall"'
    _, edits = changed(passage, [Change(0, len(passage), "[…]")], words)
    texts = [piece for piece in edits[0].pieces if isinstance(piece, str)]
    assert not list(words.runs(" ".join(texts)))
    assert any(not isinstance(piece, str) for piece in edits[0].pieces)


@pytest.mark.parametrize(
    "edits",
    [[(0, 99, [])], [(-1, 1, [])], [(0, 1, [("one", 0, 9999)])], [(0, 1, [("one", -5, 3)])]],
)
def test_an_edit_that_does_not_fit_is_refused(edits):
    with pytest.raises(IndexError):
        opened("a text", edits, TEXTS)


def test_a_small_record_makes_no_huge_file(monkeypatch):
    monkeypatch.setattr("dispute.editions.edits.LARGEST", 1000)
    whole = ("one", 0, len(TEXTS["one"]))
    assert len(opened("", [(0, 0, [whole] * 2)], TEXTS)) == 2 * len(TEXTS["one"])
    with pytest.raises(IndexError):
        opened("", [(0, 0, [whole] * 99)], TEXTS)


# --- a case


@pytest.fixture(scope="module", params=CASES)
def home(request, root):
    return root / request.param


@pytest.fixture(scope="module")
def case(home):
    return load(home)


def test_codes_places_and_numbers_are_those_of_the_open_case(case):
    shut = closed(case)
    for name, frame in case.units().items():
        other = shut.units()[name]
        free = {"quote", "note", "description", "gloss", "date_note", "alt_date_note"}
        same = [column for column in frame if column not in free]
        assert frame[same].equals(other[same])
        assert list(frame.dtypes) == list(other.dtypes)
    assert shut.texts == case.texts and shut.aliases.alias.equals(case.aliases.alias)


def test_no_passage_is_shown_in_more_than_its_first_or_quoted_words(case):
    shut = closed(case)
    for name, frame in case.units().items():
        shown = shut.units()[name]
        for one, other in zip(frame.quote, shown.quote, strict=True):
            kept = other.replace(CUT, "").strip()
            assert kept in one and len(kept.split()) <= 6
            assert other != one or len(one.split()) <= 6
    assert (shut.statements.quote != case.statements.quote).any()


def test_the_answer_still_finds_the_passages_that_it_quotes(real):
    shut = closed(real)
    quotes = [quote for quote in shut.sentences.quote if quote]
    held = [
        quote for quote in quotes if shut.statements.quote.str.contains(quote, regex=False).any()
    ]
    assert len(held) > len(quotes) / 2


def test_what_is_shown_does_not_hang_on_who_asks_first(real):
    one, other = Closing(real), Closing(real)
    sentences = list(real.event_mentions.description)
    forward = [one.text(sentence) for sentence in sentences]
    assert [other.text(sentence) for sentence in sentences] == forward
    assert [one.text(sentence) for sentence in sentences] == forward


def test_less_is_shown_where_a_case_says_so(real):
    words = ArticleWords(real.texts)

    def shown(share):
        closing = Closing(real, share)
        quotes = "\n".join(map(closing.text, real.event_mentions.description))
        return sum(map(len, words.everywhere(quotes).values()))

    assert shown(0) <= shown(SHARE) < shown(1)


def test_a_case_says_its_edition_and_check_knows_no_other(root, tmp_path):
    folder = shutil.copytree(root / "tests/cases/lighthouse", tmp_path / "case")
    with open(folder / "case.yaml", "a", encoding="utf-8") as file:
        file.write("\nedition: closed 0.02\n")
    assert not check(folder)
    assert CUT in "".join(load(folder).statements.quote)
    assert any("closed edition" in note for note in load(folder).notes)
    assert CUT not in "".join(load_open(folder).statements.quote)
    path = folder / "case.yaml"
    path.write_text(path.read_text().replace("closed 0.02", "closed 2"), encoding="utf-8")
    assert [(one.file, one.column) for one in check(folder)] == [("case.yaml", "edition")]


def test_what_a_case_says_of_itself_is_closed_as_well(real):
    text = next(iter(real.texts.values()))
    said = ("title", "subtitle", "question", "rights", "citation")
    shut = closed(replace(real, **dict.fromkeys(said, text)))
    assert max(len(getattr(shut, name)) for name in said) < len(text) / 2
    assert [getattr(closed(real), name) for name in said] == [getattr(real, name) for name in said]


# --- closed files, and the way back


def written(home, folder, texts):
    """Write the closed files of a case into a folder, and its texts into another."""
    case = load(home)
    closed_ones, left_out = closed_files(home, Closing(case))
    for name, file in closed_ones.items():
        path = folder / "data/raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.text.encode())
    (folder / "closed.json").write_bytes(_record(case, closed_ones, left_out))
    texts.mkdir()
    for path in (home / "articles").glob("*.txt"):
        shutil.copy(path, texts / f"my copy of {path.name}")


@pytest.fixture(scope="module")
def shut(home, tmp_path_factory):
    """The folder of the case, its closed files in a folder, and its texts in another."""
    folder = tmp_path_factory.mktemp("closed")
    written(home, folder, folder / "texts")
    return home, folder, folder / "texts"


def test_the_closed_files_open_byte_for_byte(shut):
    home, folder, texts = shut
    made, problems = open_files(folder, texts)
    assert not problems
    there = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}
    assert there - made.keys() <= {name for name in there if name.split("/")[0] not in OWN}
    assert {name for name in made if (home / name).read_bytes() != made[name]} == set()


OWN = {"articles", "codebook", "coding", "proposals", "case.yaml", "README.md"}


def test_the_closed_files_show_no_run_of_twelve_words_and_at_most_a_tenth(shut, case):
    words = ArticleWords(case.texts)
    assert words_shown(shut[1] / "data", words).faults(words) == []
    open_ones = words_shown(shut[0] / "coding", words)
    assert len(open_ones.faults(words)) > len(case.texts)


@pytest.mark.parametrize(
    "text",
    [
        '\ufeff"name","x"\na,"one ""two"", b"\r\n',
        'name,x\nan "odd" cell,"b"\n,\n',
    ],
)
def test_the_cells_of_a_table_are_those_that_a_case_reads(text):
    read = csv.reader(lines_of(text.removeprefix("\ufeff")))
    assert [cell.value for row in _rows(text) for cell in row] == list(chain.from_iterable(read))


def test_a_passage_is_cut_also_where_its_signs_are_written_as_escapes(real):
    text = max(real.texts.values(), key=lambda one: one.count("’"))
    place = text.index("’", 500)
    shown = Closing(real, 0).text(json.dumps(text[place - 90 : place + 90]))
    assert len(shown) < 70


def test_every_coded_passage_has_its_place_in_the_closed_tables(shut, case):
    import pandas as pd

    for unit in CODED.values():
        for path in (shut[1] / "data/raw/coding").rglob(f"{unit.table}.csv"):
            frame = pd.read_csv(path, dtype=str)
            assert frame[["start", "end"]].notna().all(axis=None)


def changed_text(folder, texts):
    path = next(texts.glob("*.txt"))
    path.rename(texts / path.name.removeprefix("my copy of "))
    path = texts / path.name.removeprefix("my copy of ")
    path.write_text(path.read_text(encoding="utf-8").replace("e", "é", 1), encoding="utf-8")
    return path.stem, "another text"


def missing_text(folder, texts):
    path = next(texts.glob("*.txt"))
    path.unlink()
    return path.stem.removeprefix("my copy of "), "no text of it"


def changed_table(folder, texts):
    path = next((folder / "data/raw/coding").rglob("statements.csv"))
    path.write_text(path.read_text(encoding="utf-8") + "x\n", encoding="utf-8")
    return "statements.csv", "a change"


def rewritten(change):
    def spoil(folder, texts):
        path = folder / "closed.json"
        record = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps(change(record)), encoding="utf-8")
        return "closed.json", ""

    return spoil


def out_of_the_folder(record):
    name, said = record["files"].popitem()
    return record | {"files": record["files"] | {f"../../{name}": said}}


EMPTY = hashlib.sha256(b"").hexdigest()


def with_file(name):
    entry = {name: {"sha256": EMPTY, "edits": []}}

    def spoil(folder, texts):
        path = folder / "data/raw" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        change = rewritten(lambda record: record | {"files": record["files"] | entry})
        return change(folder, texts)

    return spoil


def with_digest(digest):
    def change(record):
        return record | {"articles": dict.fromkeys(record["articles"], digest)}

    return change


def linked_file(folder, texts):
    path = folder / "data/raw/case.yaml"
    path.rename(texts / "case.yaml")
    path.symlink_to(texts / "case.yaml")
    return "case.yaml", "a change"


def linked_folder(folder, texts):
    (folder / "data").rename(texts / "data")
    (folder / "data").symlink_to(texts / "data")
    return "case.yaml", "a change"


# What a folder of a stranger may try beside: each is a closed.json.
HOSTILE = [
    *(rewritten(lambda record, key=key: record | {key: []}) for key in ("articles", "files")),
    rewritten(lambda record: record | {"left_out": ["x"]}),
    *map(rewritten, map(with_digest, ([], {}, None))),
    *map(with_file, (".git/config", "coding/.git/config", "Makefile")),
    rewritten(lambda record: record | {"left_out": {".envrc": EMPTY}}),
]


@pytest.mark.parametrize("spoil", [*HOSTILE, linked_file, linked_folder])
def test_no_type_name_or_link_of_a_stranger_leads_astray(spoil, root, tmp_path, capfd):
    refused(spoil, root, tmp_path, capfd)


@pytest.mark.parametrize(
    "spoil",
    [
        changed_text,
        missing_text,
        changed_table,
        rewritten(out_of_the_folder),
        rewritten(lambda record: record | {"articles": {"../x": "0"}}),
        rewritten(lambda record: record | {"format": "closed edition 9"}),
        rewritten(lambda record: [record]),
        rewritten(lambda record: record | {"files": 5}),
    ],
)
def test_what_does_not_open_is_refused_by_name_with_nothing_written(spoil, root, tmp_path, capfd):
    refused(spoil, root, tmp_path, capfd)


def refused(spoil, root, tmp_path, capfd):
    """Spoil a closed edition, and see that its import says so and writes nothing."""
    folder, texts = tmp_path / "closed", tmp_path / "texts"
    written(root / "data/raw", folder, texts)
    name, found = spoil(folder, texts)
    status = main(["import", str(folder), str(tmp_path / "case"), "--texts", str(texts)])
    told = capfd.readouterr().err
    assert status == 2 and name in told and found in told and "Traceback" not in told
    assert not (tmp_path / "case").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["closed", "texts"]


def test_pages_and_scripts_are_read_as_a_reader_meets_them(tmp_path):
    (tmp_path / "a.html").write_text('<p>one <b>two</b> three</p><img alt="four &amp; five">')
    (tmp_path / "b.js").write_text(r'x = "one \u201ctwo\u201d\nthree"')
    (tmp_path / "c.ics").write_bytes(b"SUMMARY:one tw\r\n o three")
    read = {path.name: " ".join(texts_of(path)) for path in sorted(tmp_path.iterdir())}
    assert "one two three" in read["a.html"] and "four & five" in read["a.html"]
    assert "“two” three" in read["b.js"] and "one two three" in read["c.ics"]


SENTENCE = "one two three four five six"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "one&nbsp;two&nbsp;three <b>fo</b>ur <i>five</i> s<b>i</b>x"),
        ("a.csv", "note\none two <b>three</b> f<i>our</i> five&#32;six\n"),
        ("a.html", "<td>one</td><td>two</td><td>three</td><td>four</td><td>five</td><td>six</td>"),
        ("a.html", "<p>x<!-- one two three four five six --></p>"),
        ("a.json", '["<one two three four five six>"]'),
        ("a.html", '<script>x = "one\\u0020two\\nthree\\u00a0four five six"</script>'),
        ("a.atom", "one &lt;b&gt;two&lt;/b&gt; &amp;ldquo;three four five&amp;rdquo; six"),
        ("a.yaml", 'x: "one\\x20t\\x77o three\\U00000020four fiv\\u0065 six"'),
    ],
)
def test_no_marks_or_escapes_hide_a_run_of_words(name, text, tmp_path):
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert words_shown(tmp_path, ArticleWords({"a": SENTENCE})).longest == {name: 6}


# --- whole or not at all


@pytest.fixture
def project(root, tmp_path, monkeypatch):
    """A folder with settings and nothing else, which is the current one."""
    shutil.copy(root / "config.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_where_the_report_cannot_be_built_nothing_is_written(root, project, capfd):
    config = project / "config.yaml"
    config.write_text(config.read_text().replace('coder: ""', "coder: nobody"), encoding="utf-8")
    status = main(["export", str(root / "tests/cases/lighthouse"), "new/deposit", "--closed"])
    assert status == 2 and "nobody" in capfd.readouterr().err
    assert list(project.iterdir()) == [config]


def test_an_export_that_is_stopped_leaves_nothing(root, project):
    verb = [sys.executable, "-c", "from dispute.cli import main; main()", "export"]
    process = subprocess.Popen([*verb, root / "tests/cases/lighthouse", "new/deposit", "--closed"])
    while process.poll() is None and not list(project.rglob("case.yaml")):
        time.sleep(0.05)
    process.terminate()
    assert process.wait() == 128 + signal.SIGTERM
    assert [path.name for path in project.iterdir()] == ["config.yaml"]


# --- the verbs refuse what does not go together


@pytest.mark.parametrize(
    "words",
    [
        ["export", "data/raw", "x", "--closed", "--as", "csv"],
        ["export", "data/raw", "docs", "--closed"],
        ["import", "data/raw", "x", "--texts", "y"],
    ],
)
def test_options_that_do_not_go_together_are_refused(words, root, monkeypatch, capfd):
    monkeypatch.chdir(root)
    assert main(words) == 2
    assert "Traceback" not in capfd.readouterr().err
    assert not (root / "x").exists()
