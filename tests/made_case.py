"""A made-up case of any size: `python tests/made_case.py FOLDER ARTICLES [STATEMENTS_EACH …]`.

News of an invented republic over five years. Actors and issues follow a Zipf-like law: a few speak
much and most speak little, as in the press. Two camps and some who belong to none; each actor holds
a side on each issue and mostly keeps to it. Passages, events and ties stand in the articles with
their dates, so that every step of a run has work to do. One seed gives one case, byte for byte.
A case of 2,000 articles and 12,000 statements is written in one or two seconds.
"""

import csv
import hashlib
import random
import sys
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from helpers.case.schema import CODER, SCHEMA, file_columns

FIRST_DAY = date(2015, 1, 1)
DAYS = 5 * 365
PUBLISHERS = [f"The {name} Post" for name in ("Amber", "Birch", "Cedar", "Delta", "Ember", "Fjord")]
PLACES = ["Havn", "Lund", "Skerry", "Torv", "Vik", "Ness"]
GIVEN = ["Ada", "Bo", "Cleo", "Dag", "Eli", "Finn", "Gro", "Hal", "Ida", "Jon", "Kaia", "Leo"]
FAMILY = ["Aas", "Berg", "Dahl", "Eng", "Foss", "Gran", "Holm", "Iver", "Juul", "Krog", "Lie"]
STANCES = {-2: "against", 0: "neutral", 1: "conditional", 2: "for"}
SAYS = {
    -2: "rejected the plan to {issue} and called it a mistake",
    0: "asked what the plan to {issue} would cost",
    1: "would agree to {issue} if the assembly had its say",
    2: "urged the council to {issue} without delay",
}


@dataclass
class Article:
    """An article in the making: its text, and the rows that are coded in it."""

    article_id: str
    day: date
    text: str
    rows: dict[str, list[dict]] = field(default_factory=dict)

    def code(self, table: str, sentence: str, row: dict, after: str = "") -> None:
        """Add a sentence to the text, and a row whose quote it is."""
        start = len(self.text)
        self.text += f"{sentence}.{after or ' '}"
        place = {"quote": sentence, "start": start, "end": start + len(sentence), "lang": "en"}
        self.rows.setdefault(table, []).append({"article_id": self.article_id, **row, **place})


def zipf(dice: random.Random, choices: list) -> object:
    """One of the choices: the first twice as often as the second, and so on."""
    return choices[min(len(choices) - 1, int(len(choices) ** dice.random()) - 1)]


def names(count: int) -> dict[str, str]:
    """actor_id to name."""
    wheel = [f"{given} {family}" for family in FAMILY for given in GIVEN]
    people = [f"{wheel[i % len(wheel)]}{_roman(i // len(wheel))}" for i in range(count)]
    return {f"actor-{number:04}": name for number, name in enumerate(people, start=1)}


def _roman(number: int) -> str:
    return f" {'I' * number}" if number else ""


def articles(count: int, each: int, actors: dict[str, str], issues: list[str], seed: int):
    """Made articles, in order of time."""
    dice = random.Random(seed)
    leaning = {(a, i): dice.choice([-2, -2, 0, 1, 2, 2]) for a in actors for i in issues}
    people = list(actors)
    for number in range(1, count + 1):
        day = FIRST_DAY + timedelta(days=DAYS * number // (count + 1))
        article = Article(f"article-{number:05}", day, f"News of the day.\n\nHavn, {_said(day)}. ")
        for line in range(each):
            _statement(dice, article, zipf(dice, people), zipf(dice, issues), actors, leaning, line)
        _event(dice, article, number, people, actors)
        _relation(dice, article, people, actors)
        yield article


def _statement(dice, article, speaker, issue, actors, leaning, line):
    usual = leaning[speaker, issue]
    stance = usual if dice.random() < 0.9 else dice.choice(list(STANCES))
    ago = dice.randrange(0, 7)
    day = article.day - timedelta(days=ago)
    words = day.strftime("%A") if ago else "today"
    what = SAYS[stance].format(issue=issue.replace("-", " "))
    row = {
        "speaker": speaker,
        "issue": issue,
        "stance": stance,
        "date_edtf": day.isoformat(),
        "date_basis": "resolved",
        "date_words": words,
        "date_note": "worked out from the day of publication",
    }
    after = "\n\n" if line % 3 == 2 else " "
    article.code("statements", f"On {words} {actors[speaker]} {what}", row, after)


def _event(dice, article, number, people, actors):
    """A meeting, dated in one of three ways: printed whole, without its year, or by its weekday."""
    chair, place = zipf(dice, people), dice.choice(PLACES)
    day = article.day - timedelta(days=dice.randrange(1, 7))
    words = [_said(day), f"{day.day} {day:%B}", f"{day:%A}"][number % 3]
    row = {
        "event_id": f"meeting-{(number + 1) // 2:05}",
        "date_edtf": day.isoformat(),
        "date_basis": "stated" if words == _said(day) else "resolved",
        "date_words": words,
        "place": place,
        "participants": chair,
        "description": f"The council meets in {place}.",
    }
    sentence = f"The council met in {place} on {words} with {actors[chair]} in the chair"
    article.code("event_mentions", sentence, row)


def _relation(dice, article, people, actors):
    source, target = dice.sample(people[: max(4, len(people) // 3)], 2)
    row = {
        "source": source,
        "relation": "accuses",
        "target": target,
        "sign": -1,
        "date_edtf": article.day.isoformat(),
        "date_basis": "stated",
        "date_words": _said(article.day),
    }
    sentence = f"{actors[source]} accused {actors[target]} of playing for time"
    article.code("relations", sentence, row, "\n")


def _said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def make(
    folder: Path,
    count: int,
    each: int = 6,
    n_actors: int = 300,
    n_issues: int = 40,
    seed: int = 7,
    second: int = 0,
) -> Path:
    """Write a case of `count` articles with `each` statements in every one; gives its folder.

    `second`: of so many articles a second coder reads one; 0 for none.
    """
    actors = names(n_actors)
    issues = [f"build-the-bridge-of-lot-{number}" for number in range(1, n_issues + 1)]
    written = list(articles(count, each, actors, issues, seed))
    tables = codebook(actors, issues) | {
        table: _coded(written, table, letter)
        for table, letter in (("statements", "s"), ("event_mentions", "m"), ("relations", "r"))
    }
    tables["aliases"] = _aliases(written, actors)
    tables["affiliations"] = []
    tables["context_events"] = [
        {"date_edtf": str(2015 + n), "event": f"Year {n + 1} of the council", "source": "made up"}
        for n in range(5)
    ]
    (folder / "articles").mkdir(parents=True)
    for article in written:
        _put(folder, article)
    for table, rows in tables.items():
        _write(folder / SCHEMA["raw"][table]["file"].replace(CODER, "reader"), table, rows)
    if second:
        _write_second(folder, tables, {article.article_id for article in written[::second]}, seed)
    (folder / "case.yaml").write_text(
        f"title: A made-up case of {count} articles\nsubtitle: Invented news\n"
        "question: Which bridges should be built?\nauthors: [Nobody]\n",
        encoding="utf-8",
    )
    return folder


def _write_second(folder: Path, tables: dict, articles: set[str], seed: int) -> None:
    """The rows of a second coder in some articles: some left out, some stances read otherwise."""
    dice = random.Random(seed)
    coders = [*tables["coders"], {"coder": "second", "coder_role": "apart", "note": "made up"}]
    _write(folder / SCHEMA["raw"]["coders"]["file"], "coders", coders)
    for table in ("statements", "event_mentions", "relations"):
        key = SCHEMA["raw"][table]["key"][0]
        kept = [row for row in tables[table] if row["article_id"] in articles]
        rows = [{**row, key: f"second-{row[key]}"} for row in kept if dice.random() < 0.9]
        for row in rows:
            if "stance" in row and dice.random() < 0.1:
                row["stance"] = dice.choice(list(STANCES))
        _write(folder / SCHEMA["raw"][table]["file"].replace(CODER, "second"), table, rows)


def codebook(actors: dict[str, str], issues: list[str]) -> dict[str, list[dict]]:
    """The tables of the codebook. The first two actors head the camps of every second actor."""
    heads = list(actors)[:2]
    camps = [*heads, ""]
    return {
        "actors": [
            {"actor_id": actor, "name": name, "kind": "person", "camp": camps[number % 3]}
            for number, (actor, name) in enumerate(actors.items())
        ],
        "issues": [
            {
                "issue": issue,
                "label": issue.replace("-", " ").capitalize(),
                "proposition": f"The council should {issue.replace('-', ' ')}.",
                "issue_kind": "position",
            }
            for issue in issues
        ],
        "stances": [
            {"stance": stance, "side": side, "label": side, "meaning": side}
            for stance, side in STANCES.items()
        ],
        "relation_types": [{"relation": "accuses", "sign": -1, "meaning": "says it did wrong"}],
        "periods": [
            {"period": f"y{year}", "label": str(year), "period_edtf": str(year)}
            for year in range(2015, 2020)
        ],
        "coders": [{"coder": "reader", "coder_role": "pass", "note": "made up"}],
    }


def _coded(written: list[Article], table: str, letter: str) -> list[dict]:
    rows = [row for article in written for row in article.rows.get(table, [])]
    key = SCHEMA["raw"][table]["key"][0]
    return [{key: f"{letter}{number:06}", **row} for number, row in enumerate(rows, start=1)]


def _aliases(written: list[Article], actors: dict[str, str]) -> list[dict]:
    """Each name in each article in which somebody of that name speaks or acts."""
    pairs = set()
    for article in written:
        for rows in article.rows.values():
            for row in rows:
                pairs |= {
                    (actors[row[role]], row[role], article.article_id)
                    for role in ("speaker", "source", "target", "participants")
                    if row.get(role)
                }
    return [
        {"alias": alias, "actor_id": actor, "article_id": article}
        for alias, actor, article in sorted(pairs)
    ]


def _put(folder: Path, article: Article) -> None:
    content = article.text.encode()
    (folder / f"articles/{article.article_id}.txt").write_bytes(content)
    number = int(article.article_id[-5:])
    (folder / f"articles/{article.article_id}.yaml").write_text(
        f"title: News of {_said(article.day)}, number {number}\n"
        f"publisher: {PUBLISHERS[number % len(PUBLISHERS)]}\n"
        f'published: "{article.day}"\npublished_basis: printed in the dateline\n'
        f'captured: ""\nlanguage: en\nrights: made up\n'
        f"sha256: {hashlib.sha256(content).hexdigest()}\n"
        "furniture:\n"
        "  - {start: 0, end: 16, what: headline}\n",
        encoding="utf-8",
    )


def _write(path: Path, table: str, rows: list[dict]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, file_columns(table), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    make(Path(sys.argv[1]), *map(int, sys.argv[2:]))
