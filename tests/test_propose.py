"""`dispute propose`: the folder of a proposer, by rules and by a model; leave and dry run."""

import hashlib
import re
import shutil
import sys
from itertools import pairwise
from types import ModuleType, SimpleNamespace

import pandas as pd
import pytest
import yaml
from fake_model import good, listening, mention, said, statement, text_of

from dispute.cli import main
from dispute.proposing import addresses, by_endpoint, calls
from dispute.proposing.kept import Answer
from dispute.proposing.parts import parts
from dispute.proposing.reading import read_case
from helpers.case.load import check, described, load

ARTICLES = ["island-mirror", "norvale-courier", "skerry-post"]
SETTINGS = "proposers:\n  mine: {{base_url: {0}, model: made-up, temperature: 0{1}}}\n"
COLUMNS = (
    "speaker printed on_behalf_of quoted_by issue issues stance date_edtf date_basis date_words "
    "date_note speech lang quote start end why"
).split()


class Standing:
    """In place of the line to an endpoint: answers of a function, and what it was asked."""

    def __init__(self, answer=good):
        self.answer, self.asked = answer, []

    def __call__(self, endpoint, place):
        return self

    def ask(self, messages, form):
        self.asked.append(messages)
        return Answer(self.answer({"messages": messages}), "stop", 100)

    def close(self):
        pass


@pytest.fixture
def place(root, tmp_path, monkeypatch):
    """A working folder with a case and settings; a call stops no process of the tests."""
    shutil.copytree(root / "tests/cases/lighthouse", tmp_path / "case")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("dispute.cli._stopping.stoppable", lambda *_: None)
    (tmp_path / "config.yaml").write_text(SETTINGS.format("http://127.0.0.1:9/v1", ""))
    return tmp_path


@pytest.fixture
def model(monkeypatch):
    """A model that stands in the way of the network."""
    standing = Standing()
    monkeypatch.setattr(by_endpoint, "Client", standing)
    return standing


@pytest.fixture
def rules(monkeypatch):
    """Rules that say little; those of the program have tests of their own."""
    seen = []

    class Reader:
        def __init__(self, case, blind=True):
            self.case = case
            seen.append(blind)

        def read(self, article):
            text = self.case.texts[article]
            last = text.rindex(" the ")
            rows = []
            for place in (last, text.rindex(" the ", 0, last)):
                given = {"quote": "the", "start": place + 1, "end": place + 4, "lang": "en"}
                given |= {"date_basis": "undated", "speech": "indirect", "why": "It is there."}
                rows.append(dict.fromkeys(COLUMNS, "") | given)
            none = pd.DataFrame(columns=["quote", "start", "end"])
            return SimpleNamespace(statements=pd.DataFrame(rows), event_mentions=none)

    room = ModuleType("helpers.proposing")
    room.Reader, room.VERSION = Reader, "7"
    monkeypatch.setitem(sys.modules, "helpers.proposing", room)
    return seen


def folder(place, name="mine"):
    """The files of a proposer, by name."""
    home = place / "case/proposals" / name
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(home.iterdir())}


def table(place, name="statements", proposer="mine"):
    path = place / f"case/proposals/{proposer}/{name}.csv"
    return pd.read_csv(path, dtype=str, keep_default_na=False)


# By rules.


def test_rules_propose_for_every_article_and_say_which_text_they_read(place, rules, capsys):
    assert main(["propose", "case", "--by", "rules"]) == 0
    assert "skerry-post: 2 statements, 0 event mentions" in capsys.readouterr().out
    about = yaml.safe_load(folder(place, "rules")["proposer.yaml"])
    assert {name: about[name] for name in ("by", "version", "model", "prompt", "blind")} == {
        "by": "rules",
        "version": "7",
        "model": "",
        "prompt": "",
        "blind": True,
    }
    case = load("case")
    known = dict(zip(case.articles.article_id, case.articles.sha256, strict=True))
    assert about["articles"] == known and rules == [True]
    rows = table(place, proposer="rules")
    first = ["island-mirror-p001", "island-mirror-p002", "norvale-courier-p001"]
    assert rows.proposal_id.tolist()[:3] == first
    assert rows.start.astype(int).groupby(rows.article_id).is_monotonic_increasing.all()
    assert "refused.csv" not in folder(place, "rules")


def test_outside_a_blind_pass_rules_may_read_the_coding_and_the_folder_says_so(place, rules):
    assert main(["propose", "case", "--by", "rules", "--not-blind"]) == 0
    assert rules == [False] and "\nblind: false\n" in folder(place, "rules")["proposer.yaml"]


def test_a_blind_reading_goes_while_coders_are_at_work_and_sees_nothing_of_it(place, rules, capsys):
    shutil.rmtree("case/coding/adjudicated")
    (place / "case/coding/pass-a/statements.csv").write_text("half a table")
    assert check("case") and main(["propose", "case", "--by", "rules"]) == 0
    _, case = read_case("case")
    assert case.statements.empty and case.event_mentions.empty and case.relations.empty
    assert case.findings.empty and len(case.texts) == 3 and len(case.actors) == 8
    capsys.readouterr()
    assert main(["propose", "case", "--by", "rules", "--not-blind"]) == 2
    assert "pass-a/statements.csv" in capsys.readouterr().err


def test_what_is_wrong_with_articles_or_codebook_is_told_before_anything_is_proposed(
    place, rules, capsys
):
    with open("case/codebook/aliases.csv", "a", encoding="utf-8") as file:
        file.write("Nobody Here,mira-solvik,skerry-post\nHart,jonas-heart,norvale-courier\n")
    (place / "case/articles/island-mirror.txt").write_text("Another text.")
    assert main(["propose", "case", "--by", "rules"]) == 2
    told = capsys.readouterr().err
    for words in ("'Nobody Here'", "did you mean jonas-hart?", "articles/island-mirror.txt"):
        assert words in told
    assert not (place / "case/proposals").exists()


def test_what_was_proposed_for_a_text_that_has_changed_since_is_made_anew(place, rules, capsys):
    assert main(["propose", "case", "--by", "rules"]) == 0
    path = place / "case/articles/skerry-post"
    text = path.with_suffix(".txt").read_text(encoding="utf-8") + "\nSo said the paper.\n"
    path.with_suffix(".txt").write_text(text, encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    sidecar = path.with_suffix(".yaml").read_text(encoding="utf-8")
    changed = re.sub('sha256: "[0-9a-f]{64}"', f'sha256: "{digest}"', sidecar)
    path.with_suffix(".yaml").write_text(changed, encoding="utf-8")
    before = table(place, proposer="rules").set_index("proposal_id").start
    assert main(["propose", "case", "skerry-post", "--by", "rules"]) == 0
    after = table(place, proposer="rules").set_index("proposal_id").start
    assert after["skerry-post-p002"] == str(text.index("the paper")) > before["skerry-post-p002"]
    assert after["island-mirror-p001"] == before["island-mirror-p001"]
    assert digest in folder(place, "rules")["proposer.yaml"]


def test_a_dry_run_of_rules_writes_nothing(place, rules):
    assert main(["propose", "case", "--by", "rules", "--dry-run"]) == 0
    assert not (place / "case/proposals").exists()


# The folder of a proposer.


def test_the_same_proposals_are_not_written_again_and_keep_their_day(place, model, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert main(["propose", "case", "--by", "mine"]) == 0
    first, stamp = folder(place), (place / "case/proposals/mine").stat().st_mtime_ns
    assert 'made: "1970-01-01"' in first["proposer.yaml"] and len(model.asked) == 3
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400000")
    assert main(["propose", "case", "--by", "mine"]) == 0
    assert folder(place) == first and len(model.asked) == 3
    assert (place / "case/proposals/mine").stat().st_mtime_ns == stamp
    assert list((place / "case/proposals").iterdir()) == [place / "case/proposals/mine"]


def test_an_article_that_is_named_takes_the_place_of_its_rows_and_no_others(place, model):
    assert main(["propose", "case", "--by", "mine"]) == 0
    before = table(place).set_index("article_id")
    shutil.rmtree(".cache")
    model.answer = lambda asked: said([statement(text_of(asked)[-30:-2].strip())])
    assert main(["propose", "case", "skerry-post", "--by", "mine"]) == 0
    after = table(place).set_index("article_id")
    assert after.loc[ARTICLES[:2]].equals(before.loc[ARTICLES[:2]])
    assert after.loc["skerry-post"].quote != before.loc["skerry-post"].quote
    about = yaml.safe_load(folder(place)["proposer.yaml"])
    assert (about["requests"], about["tokens"], about["refused"]) == (4, 400, 0)
    assert list(about["articles"]) == ARTICLES


def test_proposals_of_two_prompts_never_stand_in_one_folder(place, model, capsys):
    assert main(["propose", "case", "--by", "mine"]) == 0
    before = folder(place)
    with open("case/codebook/rules.csv", "a", encoding="utf-8") as file:
        file.write("short,statement,2,,A new rule.\n")
    assert main(["propose", "case", "skerry-post", "--by", "mine"]) == 2
    told = capsys.readouterr().err
    assert "made with another prompt" in told and "island-mirror, norvale-courier" in told
    assert folder(place) == before and len(model.asked) == 3
    assert main(["propose", "case", "--by", "mine"]) == 0
    about = yaml.safe_load(folder(place)["proposer.yaml"])
    assert about["prompt"] != yaml.safe_load(before["proposer.yaml"])["prompt"]
    assert about["requests"] == 3, "what is gone is not counted"


def test_what_was_proposed_for_an_article_that_is_gone_goes_too(place, model, tmp_path):
    from dispute.proposing.files import merged, read_proposals

    assert main(["propose", "case", "--by", "mine"]) == 0
    before = read_proposals(tmp_path / "case", "mine")
    now = read_proposals(tmp_path / "case", "mine")
    now.articles = {"skerry-post": now.articles["skerry-post"]}
    now.tables["statements"] = []
    rows = merged(before, now, ["skerry-post", "island-mirror"])
    assert list(rows.articles) == ["island-mirror", "skerry-post"]
    assert [row["article_id"] for row in rows.tables["statements"]] == ["island-mirror"]


@pytest.mark.parametrize("name", ["../out", "a/b", "con", "Rules", ".x", "", "a\nb", "x" * 101])
def test_no_name_of_a_proposer_leads_out_of_its_folder(place, model, name, capsys):
    text = SETTINGS.format("http://127.0.0.1:9", "").replace("mine", yaml.safe_dump(name)[:-1])
    (place / "config.yaml").write_text(text, encoding="utf-8")
    assert main(["propose", "case", "--by", name]) == 2
    assert not (place / "case/proposals").exists() and not (place / "out").exists()
    assert "Traceback" not in capsys.readouterr().err


def test_a_link_in_place_of_the_folder_is_not_followed(place, model, capsys):
    (place / "elsewhere").mkdir()
    (place / "case/proposals").symlink_to(place / "elsewhere")
    assert main(["propose", "case", "--by", "mine"]) == 2
    assert list((place / "elsewhere").iterdir()) == [] and model.asked == []


def test_what_a_kill_left_while_proposals_were_written_is_put_right(place, model):
    assert main(["propose", "case", "--by", "mine"]) == 0
    before, home = folder(place), place / "case/proposals"
    (home / "mine").rename(home / ".mine.old")
    (home / ".mine.new").mkdir()
    (home / ".mine.new/statements.csv").write_text("half")
    assert main(["propose", "case", "skerry-post", "--by", "mine"]) == 0
    assert folder(place) == before and list(home.iterdir()) == [home / "mine"]


def test_files_that_are_none_of_ours_are_told_all_at_once_and_stay(place, model, capsys):
    home = place / "case/proposals/mine"
    home.mkdir(parents=True)
    (home / "statements.csv").write_text("a,b\n1,2\n")
    (home / "proposer.yaml").write_text("articles: 3\n")
    before = folder(place)
    assert main(["propose", "case", "--by", "mine"]) == 2
    told = capsys.readouterr().err
    assert "mine/statements.csv" in told and "mine/proposer.yaml, articles" in told
    assert folder(place) == before and model.asked == []


def test_articles_and_settings_that_are_none_are_told_all_at_once(place, model, capsys):
    assert main(["propose", "case", "skery-post", "../x", "--by", "mine"]) == 2
    told = capsys.readouterr().err
    assert "did you mean skerry-post?" in told and "'../x'" in told
    assert main(["propose", "case", "--by", "min"]) == 2
    assert "expected rules, or a name of proposers in config.yaml: mine" in capsys.readouterr().err
    for words in (["--by", "rules", "--budget", "requests=1"], ["--by", "mine", "--not-blind"]):
        assert main(["propose", "case", *words]) == 2
    assert main(["propose", "case", "--by", "mine", "--budget", "x=1", "--budget", "tokens=0"]) == 2
    assert "'x=1'" in (told := capsys.readouterr().err) and "'tokens=0'" in told
    assert model.asked == [] and not (place / "case/proposals").exists()


# Leave: what may be sent to another machine.


@pytest.fixture
def elsewhere(monkeypatch):
    """This machine taken for another one."""
    monkeypatch.setattr(addresses, "_is_loopback", lambda words: False)


def give_leave(place, *articles):
    for article in articles:
        with open(place / f"case/articles/{article}.yaml", "a", encoding="utf-8") as file:
            file.write("send: yes\n")


def test_without_leave_nothing_is_sent_to_another_machine_and_all_that_lack_it_are_told(
    place, model, elsewhere, capsys
):
    assert main(["propose", "case", "--by", "mine"]) == 2
    told = capsys.readouterr().err
    for article in ARTICLES:
        assert f"articles/{article}.yaml, send: found no leave; expected `send: yes`" in told
    assert model.asked == []


def test_with_leave_for_some_only_those_are_sent_and_naming_another_refuses_all(
    place, model, elsewhere, capsys
):
    give_leave(place, "skerry-post")
    assert main(["propose", "case", "skerry-post", "island-mirror", "--by", "mine"]) == 2
    assert model.asked == []
    assert main(["propose", "case", "--by", "mine"]) == 0
    assert "island-mirror: no leave" in capsys.readouterr().err
    assert ["Keepers vow" in messages[-1]["content"] for messages in model.asked] == [True]
    assert set(table(place).article_id) == {"skerry-post"}


def test_leave_is_yes_or_no_and_nothing_else(place, capsys):
    give_leave(place, "skerry-post")
    with open("case/articles/island-mirror.yaml", "a", encoding="utf-8") as file:
        file.write("send: no\n")
    case = load("case")
    assert "send" not in described(case), "it is no part of a report"
    leave = case.articles.set_index("article_id").send.to_dict()
    assert leave == {"skerry-post": "yes", "island-mirror": "no", "norvale-courier": ""}
    with open("case/articles/norvale-courier.yaml", "a", encoding="utf-8") as file:
        file.write("send: perhaps\n")
    (problem,) = check("case")
    assert str(problem).startswith("articles/norvale-courier.yaml, send: found 'perhaps'; expected")


def test_no_file_of_another_tool_brings_leave_along():
    from dispute.exchange.passages.documents import _sidecar
    from dispute.exchange.passages.record import Document

    sidecar = _sidecar(Document("a", "words", {"send": "yes", "publisher": "Post"}), "words")
    assert "send" not in sidecar and sidecar["publisher"] == "Post"


def test_a_dry_run_says_what_would_go_where_and_sends_nothing(place, elsewhere, capsys):
    with listening() as (port, reached):
        (place / "config.yaml").write_text(SETTINGS.format(f"http://localhost:{port}/v1", ""))
        give_leave(place, "skerry-post")
        assert main(["propose", "case", "--by", "mine", "--dry-run"]) == 0
        told = capsys.readouterr().out
    assert reached == []
    assert "another machine, made-up" in told and "1 request, at most" in told
    assert "skerry-post: 715 characters in 1 part: at most" in told
    assert "island-mirror: 729 characters in 1 part: no leave" in told
    assert not (place / "case/proposals").exists() and not (place / ".cache").exists()


# Long articles.


def test_parts_are_whole_paragraphs_that_overlap_and_hold_all_of_a_text():
    paragraphs = [f"Paragraph {number}. " + "word " * (number % 9) for number in range(60)]
    text = "\n\n".join(paragraphs)
    made = parts(text, longest=300, overlap=80)
    assert made[0].start == 0 and made[-1].end == len(text) and len(made) > 5
    assert [part.number for part in made] == list(range(1, made[0].of + 1))
    for part, following in pairwise(made):
        assert part.start < following.start < part.end < following.end
        assert part.end - part.start <= 300
    for part in made:
        assert text[part.start : part.start + 10] == "Paragraph "
    assert parts("", 300, 80) == [(1, 1, 0, 0)]
    assert [part[2:] for part in parts("a" * 500 + "\nb\n", 300, 80)] == [(0, 501), (501, 503)]


def test_what_overlapping_parts_say_twice_is_proposed_once_and_the_longer_stays(
    place, model, monkeypatch, capsys
):
    monkeypatch.setattr(
        calls, "parts", lambda text: parts(text, longest=len(text) - 40, overlap=400)
    )

    def answer(asked):
        text = text_of(asked)
        words = "“No lamp replaces a man who listens to the sea,” he said the same evening."
        short = "Coast minister Jonas Hart refused. " + words
        mine = statement(short if "Havn, 8 March" in text else words, speaker="jonas-hart")
        return said([mine] if words in text else [], [mention("the trial lamp failed")])

    model.answer = answer
    assert main(["propose", "case", "skerry-post", "--by", "mine"]) == 0
    assert len(model.asked) == 2 and "part 2 of 2" in model.asked[1][-1]["content"] + str(
        model.asked[0][-1]["content"]
    )
    assert table(place).quote.str[:14].tolist() == ["Coast minister"]
    assert len(table(place, "event_mentions")) == 1 and "2 said twice" in capsys.readouterr().out


@pytest.mark.parametrize("by", ["rules", "mine"])
def test_a_dry_run_leaves_alone_what_another_call_is_writing(place, rules, model, by):
    """It waits for no lock."""
    under_way = [
        place / f"case/proposals/.{by}.new/statements.csv",
        place / f".cache/proposing/{by}/aa/.aa.json.7",
    ]
    for path in under_way:
        path.parent.mkdir(parents=True)
        path.write_text("half of it")
    assert main(["propose", "case", "--by", by, "--dry-run"]) == 0
    assert [path for path in under_way if not path.exists()] == []
