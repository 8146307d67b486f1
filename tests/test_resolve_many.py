"""Many articles: what is read once for all mentions is what each mention alone would be told."""

import random
from datetime import date, timedelta

import pandas as pd
import pytest

from helpers.dates import resolve
from helpers.dates.quotations import Passages
from helpers.dates.scanner import LOOK_BACK, scan

NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
SAID = [
    "the clerk of the county opened the old vault",
    "nobody in the hall had seen the sealed box",
    "a guard of the northern gate lost both his keys",
]


def made_articles(count, seed=5):
    """Articles that quote each other, some with a day and some with a bare weekday."""
    dice = random.Random(seed)
    texts = {}
    for number in range(count):
        day = date(2018, 5, 1) + timedelta(dice.randrange(40))
        told = [f"On {dice.choice(NAMES)} {said}." for said in dice.sample(SAID, 2)]
        texts[f"a{number}"] = (
            f"It was {day:%A}, {day.day} {day:%B} {day.year}. {told[0]}\n{told[1]}"
        )
    return texts


def made_tables(texts):
    articles = pd.DataFrame(
        [(name, f"2018-06-{number % 28 + 1:02}", "en") for number, name in enumerate(texts)],
        columns=["article_id", "published", "language"],
    )
    mentions = pd.DataFrame(
        [(f"m.{name}", name, text.index("On "), len(text)) for name, text in texts.items()],
        columns=["mention_id", "article_id", "start", "end"],
    )
    return articles, mentions.assign(date_edtf="", date_basis="undated", date_words="")


@pytest.mark.parametrize("seed", range(5))
def test_an_index_of_words_gives_what_reading_all_articles_would(seed):
    texts = made_articles(12, seed)
    articles, mentions = made_tables(texts)
    rows = resolve.beside(mentions, articles, texts, dict.fromkeys(texts, ()))
    published = dict(zip(articles.article_id, articles.published, strict=True))
    passages = {name: resolve.dated(text, published[name]) for name, text in texts.items()}
    for mention, row in zip(mentions.itertuples(), rows.itertuples(), strict=True):
        name = mention.article_id
        known = [pair for other, pairs in passages.items() if other != name for pair in pairs]
        own = resolve.reading(texts[name], mention.start, mention.end, published[name], known=known)
        assert (row.own_edtf, row.own_basis, row.own_reason) == own[:3]
    assert rows.own_reason.str.contains("dated elsewhere").any()


def test_the_first_passage_with_the_same_words_and_weekday_gives_the_day():
    said = f"On Monday {SAID[0]}."
    passages = Passages([(said, "2018-05-08"), ("Something else.", "2018-05-07")])
    numbers = passages.add([(said, "2018-05-14"), (said, "2018-05-07")])
    assert list(numbers) == [2, 3]
    assert passages.date_of(said, (3, 9), "2018-06-04") == "2018-05-14"
    assert passages.date_of(said, (3, 9), "2018-06-04", own=numbers) == ""
    assert passages.date_of("Too few words on Monday.", (17, 23), "") == ""


def test_few_words_before_a_head_word_are_looked_at():
    """In a table of thousands of hours each would else be tried from every one before it."""
    text = "9:30. " * (3 * LOOK_BACK) + "early on 12 May 2017"
    assert scan(text)[-1][1][0] == "early on 12 May 2017"
