"""What `check` says of a newcomer's files: one line, which names what to write instead."""

import csv
import hashlib
import io
import time
import unicodedata
import zipfile

import pytest
import yaml

from dispute.cli import main
from helpers.case.load import check, load
from helpers.case.near_passages import nearest_passage
from helpers.case.problems import nearest

STATEMENTS = "coding/pass-a/statements.csv"
ACTORS = "codebook/actors.csv"
ISSUES = "codebook/issues.csv"
MIRROR = "articles/island-mirror"
POST = "articles/skerry-post"
# A statement of the made-up case: its row, and where its quote stands.
ROW, START, END = 2, 173, 199


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write(path, rows, **form):
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n", **form).writerows(rows)
    path.write_text(buffer.getvalue(), encoding="utf-8")


def quoted(folder, quote, start="", end="", article="", row=ROW):
    """Give a statement another quote, place or article."""
    rows = table(folder / STATEMENTS)
    header, line = rows[0], rows[row - 1]
    new = {"quote": quote, "start": str(start), "end": str(end)}
    new |= {"article_id": article} if article else {}
    for column, value in new.items():
        line[header.index(column)] = value
    write(folder / STATEMENTS, rows)


def rewritten(folder, article, change):
    """Change the text of an article, and its SHA-256 with it."""
    path = folder / f"{article}.txt"
    content = change(path.read_bytes().decode()).encode()
    path.write_bytes(content)
    sidecar = path.with_suffix(".yaml")
    known = yaml.safe_load(sidecar.read_text(encoding="utf-8"))
    known["sha256"] = hashlib.sha256(content).hexdigest()
    sidecar.write_text(yaml.safe_dump(known, allow_unicode=True), encoding="utf-8")
    return content.decode()


def said(folder):
    return [str(problem) for problem in check(folder)]


def only_line(folder):
    lines = said(folder)
    assert len(lines) == 1, lines
    assert "\n" not in lines[0]
    return lines[0]


# A file of another form is told in one line, and nothing that would follow from it.


def as_parted_by(sign):
    def change(path):
        write(path, table(path), delimiter=sign)

    return change


def as_encoded(name):
    def change(path):
        path.write_bytes(path.read_text(encoding="utf-8").replace("’", "ü").encode(name))

    return change


def as_xlsx(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")


def as_ods(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")


def as_xls(path):
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512)


def as_sep_line(path):
    path.write_text("sep=;\n" + path.read_text(encoding="utf-8").replace(",", ";"))


def as_page(path):
    path.write_text("<!DOCTYPE html>\n<html><body>Sign in</body></html>\n", encoding="utf-8")


FORMS = {
    "semicolons": (as_parted_by(";"), 'found columns parted by ";"; expected parted by ","'),
    "tabs": (as_parted_by("\t"), "found columns parted by tabs; expected parted by"),
    "bars": (as_parted_by("|"), 'found columns parted by "|"; expected parted by ","'),
    "a sep line": (as_sep_line, 'found columns parted by ";"'),
    "cp1252": (as_encoded("cp1252"), "row 3: found the byte 0xfc, “ü” in Windows-1252"),
    "utf-16": (as_encoded("utf-16"), "found text in UTF-16; expected"),
    "xlsx": (as_xlsx, "found a spreadsheet (.xlsx); expected"),
    "ods": (as_ods, "found a spreadsheet (.ods); expected"),
    "xls": (as_xls, "found a spreadsheet (.xls); expected"),
    "a web page": (as_page, "found a web page; expected"),
}


HELD = [ACTORS, "codebook/coders.csv", STATEMENTS]
CASES = [(file, form) for form in FORMS for file in HELD if file == ACTORS or form != "cp1252"]


@pytest.mark.parametrize("file, form", CASES)
def test_a_table_of_another_form_gets_one_line_that_says_so(broken, file, form):
    change, words = FORMS[form]
    change(broken / file)
    line = only_line(broken)
    assert line.startswith(file) and words in line


def test_a_column_that_is_missing_is_told_once_and_not_by_all_who_point_to_it(broken):
    path = broken / ACTORS
    path.write_text(path.read_text(encoding="utf-8").replace("actor_id", "actor", 1))
    lines = said(broken)
    assert len(lines) == 2 and all(line.startswith(f"{ACTORS}, row 1") for line in lines), lines


# What spreadsheets leave at the edges of a table.


@pytest.mark.parametrize("blank", ["\n\n", ",,,\n,,,\n", "\r\n", ' , ,"",\n'])
def test_blank_rows_at_the_end_are_ignored(broken, blank):
    before = load(broken).issues
    with open(broken / ISSUES, "a", encoding="utf-8", newline="") as file:
        file.write(blank)
    assert load(broken).issues.equals(before)


def test_a_blank_row_in_between_is_told(broken):
    rows = table(broken / ISSUES)
    write(broken / ISSUES, [*rows[:2], [""] * 4, *rows[2:]])
    assert said(broken)


def test_empty_columns_at_the_end_are_ignored(broken):
    before = load(broken).issues
    write(broken / ISSUES, [[*row, "", ""] for row in table(broken / ISSUES)])
    assert load(broken).issues.equals(before)
    header, *rows = table(broken / ISSUES)
    write(broken / ISSUES, [header[:4], *rows])
    assert load(broken).issues.equals(before)


def test_a_cell_under_no_name_is_told_with_its_row_and_column(broken):
    rows = [[*row, ""] for row in table(broken / ISSUES)]
    rows[2][4] = "a remark"
    write(broken / ISSUES, rows)
    line = only_line(broken)
    assert f"{ISSUES}, row 3, column 5: found 'a remark' under no name" in line


@pytest.mark.parametrize("file", ["case.yaml", f"{MIRROR}.yaml", STATEMENTS, ISSUES])
def test_a_byte_order_mark_is_read(broken, file):
    path = broken / file
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert said(broken) == []


# What is missing in a sidecar is told with the value to write.


def sidecar(folder, name, value):
    """Set or take away (None) a value of a sidecar."""
    path = folder / f"{MIRROR}.yaml"
    known = yaml.safe_load(path.read_text(encoding="utf-8"))
    known.pop(name)
    if value is not None:
        known[name] = value
    path.write_text(yaml.safe_dump(known, allow_unicode=True), encoding="utf-8")


@pytest.mark.parametrize("value", [None, "", "0" * 63, "TODO"])
def test_a_missing_sha256_is_told_with_the_value_to_write(broken, value):
    digest = hashlib.sha256((broken / f"{MIRROR}.txt").read_bytes()).hexdigest()
    sidecar(broken, "sha256", value)
    line = only_line(broken)
    assert line.startswith(f"{MIRROR}.yaml, sha256: found") and f"sha256: {digest}" in line


def test_a_sha256_in_capitals_is_told_as_that(broken):
    digest = hashlib.sha256((broken / f"{MIRROR}.txt").read_bytes()).hexdigest()
    sidecar(broken, "sha256", digest.upper())
    assert f"sha256: {digest}" in only_line(broken)


@pytest.mark.parametrize(
    "value, words",
    [
        (None, "`language: en`"),
        ("", "`language: en`"),
        ("English", "did you mean en?"),
        ("german", "did you mean de?"),
        ("en_KE", "did you mean en-KE?"),
        ("e", "a language tag such as en"),
        ("en-", "a language tag such as en"),
    ],
)
def test_a_language_that_is_none_is_told_with_the_value_to_write(broken, value, words):
    sidecar(broken, "language", value)
    line = only_line(broken)
    assert line.startswith(f"{MIRROR}.yaml, language: found") and words in line


TAGS = ["en-KE", "sw", "und", "zh-Hant-TW", "de-CH-1996", "es-419", "x-sheng", "en-x-sheng"]


@pytest.mark.parametrize("tag", TAGS)
def test_a_language_has_the_shape_of_a_bcp_47_tag(broken, tag):
    sidecar(broken, "language", ["en", tag])
    rows = table(broken / STATEMENTS)
    rows[1][rows[0].index("lang")] = tag
    write(broken / STATEMENTS, rows)
    assert said(broken) == []


# A quote that is not found is told with the nearest passage.

QUOTE = "“No lamp replaces a man who listens to the sea,” he said the same evening."
PLACE = (365, 440)


def decomposed(text):
    return unicodedata.normalize("NFD", text)


NEAR = {
    "straight quotation marks": (QUOTE.replace("“", '"').replace("”", '"'), "quotation marks"),
    "a no-break space": (QUOTE.replace("No lamp", "No\u00a0lamp"), "blanks"),
    "two blanks": (QUOTE.replace("No lamp", "No  lamp"), "blanks"),
    "a line end": (QUOTE.replace("No lamp", "No\nlamp"), "line ends"),
    "a soft hyphen": (QUOTE.replace("replaces", "re\u00adplaces"), "invisible"),
    "a letter": (QUOTE.replace("replaces", "replaced"), "“replaces”, where the quote has"),
    "a word left out": (QUOTE.replace(" a man", " man"), "“a”, which the quote lacks"),
    "a word too many": (QUOTE.replace(" a man", " a good man"), "“good”, which is not there"),
    "capitals": (QUOTE.replace("No lamp", "NO LAMP"), "capitals"),
}


@pytest.mark.parametrize("kind", NEAR)
def test_a_quote_that_is_not_found_is_told_with_the_nearest_passage(broken, kind):
    quote, words = NEAR[kind]
    text = (broken / f"{POST}.txt").read_text(encoding="utf-8")
    start = text.index(QUOTE)
    for place in (("", ""), (start, start + len(QUOTE))):
        quoted(broken, quote, *place, article="skerry-post", row=4)
        line = only_line(broken)
        assert line.startswith(f"{STATEMENTS}, row 4, quote: found")
        assert "letter for letter" in line and f"at {start}-{start + len(QUOTE)}" in line, line
        assert words in line, line


@pytest.mark.parametrize(
    "form, other, words", [("NFD", "NFC", "(NFD, not NFC)"), ("NFC", "NFD", "(NFC, not NFD)")]
)
def test_accents_composed_otherwise_are_told_as_that(broken, form, other, words):
    article = "articles/skerry-post"
    text = rewritten(broken, article, lambda text: unicodedata.normalize(other, text))
    passage = unicodedata.normalize(other, "Uten vokterne blir natten lang for oss på øya.")
    start = text.index(passage)
    quoted(broken, unicodedata.normalize(form, passage), article="skerry-post")
    lines = [line for line in said(broken) if f"{STATEMENTS}, row {ROW}, quote" in line]
    assert len(lines) == 1
    told = f"the words stand at {start}-{start + len(passage)}, but composed otherwise {words}"
    assert told in lines[0], lines[0]


def test_line_ends_of_another_system_are_told_as_that(broken):
    text = rewritten(broken, POST, lambda text: text.replace("\n", "\r\n"))
    quote = "paid until retirement.\n\nCoast minister Jonas Hart refused."
    start = text.index("paid until")
    quoted(broken, quote, article="skerry-post")
    lines = [line for line in said(broken) if f"{STATEMENTS}, row {ROW}, quote" in line]
    assert len(lines) == 1 and f"at {start}-{start + len(quote) + 2}" in lines[0]
    assert "line ends" in lines[0]


@pytest.mark.parametrize("file, column", [(STATEMENTS, "date_words"), ("codebook/aliases.csv", "")])
def test_other_words_that_should_be_printed_are_told_so_too(broken, file, column):
    rows = table(broken / file)
    if column:
        rows[1][rows[0].index(column)] = "6  March 2019"
    else:
        rows[3][0] = "The bord"
    write(broken / file, rows)
    line = only_line(broken)
    assert "the words stand at" in line or "the nearest" in line, line


def test_words_that_are_nowhere_near_are_told_without_a_passage(broken):
    quoted(broken, "The council of ministers dissolved parliament yesterday")
    line = only_line(broken)
    assert "letter for letter" in line and "nearest" not in line


# Places that another tool counted otherwise.


@pytest.mark.parametrize(
    "start, end, reason",
    [(304, 325, "UTF-16"), (None, None, "bytes")],
)
def test_places_counted_otherwise_are_told_with_the_right_one(broken, start, end, reason):
    text = (broken / f"{MIRROR}.txt").read_text(encoding="utf-8")
    quote = "We can trust the lamp"
    assert text[303:324] == quote
    if reason == "bytes":
        first = len(text[:303].encode())
        start, end = first, first + len(quote.encode())
    quoted(broken, quote, start, end, article="island-mirror")
    line = only_line(broken)
    assert f"found {start}-{end}; expected 303-324" in line and reason in line, line


def test_a_byte_order_mark_of_an_article_that_another_tool_dropped_is_told(broken):
    text = rewritten(broken, POST, lambda text: "\ufeff" + text)
    quote = "The keepers must come down"
    start = text.index(quote)
    quoted(broken, quote, start - 1, start - 1 + len(quote))
    lines = [line for line in said(broken) if f"{STATEMENTS}, row {ROW}," in line]
    assert len(lines) == 1 and f"expected {start}-{start + len(quote)}" in lines[0]
    assert "byte order mark" in lines[0]


def test_places_counted_with_line_ends_as_one_are_told(broken):
    text = rewritten(broken, POST, lambda text: text.replace("\n", "\r\n"))
    quote = "The keepers must come down"
    start = text.replace("\r\n", "\n").index(quote)
    quoted(broken, quote, start, start + len(quote))
    lines = [line for line in said(broken) if f"{STATEMENTS}, row {ROW}," in line]
    right = text.index(quote)
    assert len(lines) == 1 and f"expected {right}-{right + len(quote)}" in lines[0]
    assert "line ends" in lines[0]


def test_both_places_of_a_lookalike_are_told_and_none_is_chosen(broken):
    quoted(broken, "the lamp", 500, 508, article="island-mirror")
    line = only_line(broken)
    assert " or " in line and "where the quote stands" in line


# Furniture.


def furnished(folder, *spans):
    path = folder / f"{MIRROR}.yaml"
    known = yaml.safe_load(path.read_text(encoding="utf-8"))
    known["furniture"] = list(spans)
    path.write_text(yaml.safe_dump(known, allow_unicode=True), encoding="utf-8")


HEADLINE = "What the board said, and when"


def test_furniture_with_its_own_words_is_sound(broken):
    furnished(broken, {"start": 41, "end": 70, "what": "headline", "words": HEADLINE})
    assert said(broken) == []


def test_furniture_is_checked_by_its_words_and_told_where_they_stand(broken):
    furnished(broken, {"start": 40, "end": 69, "what": "headline", "words": HEADLINE})
    line = only_line(broken)
    assert line.startswith(f"{MIRROR}.yaml, furniture 1: found 40-69") and "41-70" in line
    furnished(broken, {"start": 41, "end": 70, "what": "headline", "words": HEADLINE + "!"})
    assert "the words stand at 41-70" in only_line(broken) or "nearest" in only_line(broken)


def test_furniture_may_leave_its_place_to_its_words(broken):
    furnished(broken, {"what": "headline", "words": HEADLINE})
    assert load(broken).furniture["island-mirror"][0][:3] == (41, 70, "headline")
    furnished(broken, {"what": "menu", "words": "the lamp"})
    assert "stand 2 times" in only_line(broken) or "stand 3 times" in only_line(broken)


def test_a_name_that_furniture_does_not_have_is_told(broken):
    furnished(broken, {"start": 41, "end": 70, "what": "headline", "wrods": HEADLINE})
    assert "did you mean words?" in only_line(broken)


# Did you mean.


@pytest.mark.parametrize(
    "value, choices, near",
    [
        ("realtion", ["relation", "sign"], "relation"),
        ("raila-odinge", ["raila-odinga", "raila-odinga-allies"], "raila-odinga"),
        ("perod", ["period"], "period"),
        ("1_corpse", ["1_corpus", "2_actor_network"], "1_corpus"),
    ],
)
def test_what_is_near_is_suggested(value, choices, near):
    assert nearest(value, choices) == f" (did you mean {near}?)"


@pytest.mark.parametrize("value", ["HARBOUR BOARD", "harbour_Board", "HarbourBoard"])
def test_what_differs_in_capitals_and_hyphens_alone_is_near(value):
    assert nearest(value, ["harbour-board", "board"]) == " (did you mean harbour-board?)"


@pytest.mark.parametrize(
    "value, choices",
    [
        ("speaker", ["peace", "reader"]),
        ("ann-lee", ["joan-leek", "alan-reed"]),
        ("title", ["tithe-barn", "subtitle"]),
        ("end", ["lend", "and"]),
        ("s01", ["s02", "s11", "s10"]),
        ("tobias-renn-junior", ["tobias-renn"]),
    ],
)
def test_what_is_far_is_not_suggested(value, choices):
    assert [nearest(value, [choice]) for choice in choices] == [""] * len(choices)


# Time.


def test_the_nearest_passage_is_found_in_time(broken):
    """An article of 100,000 characters, quotes with a wrong letter, long and short."""
    lines = [f"On day {day} the council met and {day * 7} people spoke." for day in range(2500)]
    text = "\n".join(lines)
    assert len(text) > 100_000
    for length in (20, 200, 2000, 20_000):
        quote = text[60_000 : 60_000 + length]
        quote = quote[: length // 2] + "#" + quote[length // 2 + 1 :]
        begun = time.process_time()
        passage = nearest_passage(text, quote)
        seconds = time.process_time() - begun
        assert passage is not None and seconds < 0.2, (length, seconds)
    begun = time.process_time()
    assert nearest_passage("a" * 100_000, "ab" * 5000) is None
    assert time.process_time() - begun < 0.2


def test_many_quotes_of_one_article_take_no_longer_each(broken):
    text = "\n".join(f"Line {n} speaks of the lamp and of ship {n * 3}." for n in range(2500))
    begun = time.process_time()
    for number in range(200):
        assert nearest_passage(text, f"Line {number} speeks of the lamp")
    assert time.process_time() - begun < 2


def test_all_of_it_is_told_by_the_command(broken, capsys):
    quoted(broken, QUOTE.replace("replaces", "replaced"), article="skerry-post", row=4)
    assert main(["check", str(broken)]) == 2
    seen = capsys.readouterr()
    assert "letter for letter" in seen.out and "1 problem in" in seen.err


def test_a_day_without_quotation_marks_is_a_day(broken):
    path = broken / f"{POST}.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"2019-03-08"', "2019-03-08"), encoding="utf-8")
    assert load(broken).articles.set_index("article_id").published["skerry-post"] == "2019-03-08"
