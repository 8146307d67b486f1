"""A made corpus with planted camps, a planted turn and issues that are noise."""

import numpy as np
import pandas as pd

STANCES = pd.DataFrame({"stance": [-1, 1]})
ACTORS = list("abcdefgh")
CAMPS = pd.Series([1, 1, 1, 1, 2, 2, 2, 2], index=ACTORS)
AFTER = pd.Series([1, 1, 2, 2, 1, 1, 2, 2], index=ACTORS)


def corpus(months=12, turn=None, seed=0, articles=20, noise=0.05, issues=4, idle=0):
    """Articles of four statements each, so many a month from January 2020 on.

    The camps stand against each other on each issue, but for so much noise; from month `turn` on
    they are others. The first `idle` issues are noise alone.
    """
    random = np.random.default_rng(seed)
    number = months * articles * 4
    article = np.repeat(np.arange(months * articles), 4)
    month = article // articles
    speaker = random.choice(ACTORS, number)
    issue = random.integers(issues, size=number)
    after = month >= (months if turn is None else turn)
    camp = np.where(after, AFTER[speaker], CAMPS[speaker])
    side = np.where(camp == 1, 1, -1)
    other = np.where(issue < idle, 0.5, noise)
    stance = np.where(random.random(number) < other, -side, side)
    day = np.array([f"{2020 + one // 12}-{one % 12 + 1:02}-15" for one in month])
    return pd.DataFrame(
        {
            "statement_id": [f"s{one:05}" for one in range(number)],
            "article_id": [f"x{one:05}" for one in article],
            "speaker": speaker,
            "issue": np.char.add("i", issue.astype(str)),
            "stance": stance,
            "earliest": day,
            "latest": day,
        }
    )


def said(*rows):
    """Statements from (article, speaker, issue, stance)."""
    frame = pd.DataFrame(rows, columns=["article_id", "speaker", "issue", "stance"])
    ids = [f"s{one}" for one in range(len(frame))]
    return frame.assign(statement_id=ids, earliest="2020-01-01", latest="2020-01-01")
