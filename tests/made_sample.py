"""A made population of articles that people and a machine have both read, to try estimates on.

What is said in one article hangs together (intra-class correlation .3), and so does how hard it is
for the machine. The machine errs by issue and by time: on roads it takes many a stance against for
one for it, and in the second half of the year it misses more.
"""

from typing import NamedTuple

import numpy as np
import pandas as pd

ISSUES = np.array(["fees", "gates", "roads"])
ACTORS = np.array([f"actor-{number}" for number in range(8)])
STANCES = pd.DataFrame({"stance": [-1, 1]})
ALIKE = 0.3


class Made(NamedTuple):
    """Articles, and the statements in them as people would code them, and as the machine does.

    `seen`: the machine's stance on each statement of the hand, 0 where it misses it.
    """

    articles: pd.DataFrame
    hand: pd.DataFrame
    machine: pd.DataFrame
    seen: np.ndarray


def population(size: int, seed: int, mean: float = 15.0) -> Made:
    """So many articles of one year, with `mean` statements each."""
    random = np.random.default_rng(seed)
    month = random.integers(1, 13, size)
    published = np.array([f"2023-{one:02}" for one in month])
    names = np.array([f"a{number:06}" for number in range(size)])
    article = np.repeat(np.arange(size), random.poisson(mean, size))
    issue = random.integers(3, size=len(article))
    by_article = {
        name: _shares(share, size, random)[article]
        for name, share in {"for": 0.55, "turned": 0.5, "early": 0.15, "late": 0.4}.items()
    }
    dice = random.random((3, len(article)))
    stance = np.where(dice[0] < by_article["for"], 1, -1)
    turned = (issue == 2) & (dice[1] < by_article["turned"])
    missed = dice[2] < np.where(month[article] > 6, by_article["late"], by_article["early"])
    hand = pd.DataFrame(
        {
            "article_id": names[article],
            "speaker": ACTORS[random.integers(len(ACTORS), size=len(article))],
            "issue": ISSUES[issue],
            "stance": stance,
            "month": published[article],
        }
    )
    read = np.where(turned, 1, stance)
    machine = hand.assign(stance=read)[~missed].reset_index(drop=True)
    articles = pd.DataFrame({"article_id": names, "published": published})
    return Made(articles, hand, machine, np.where(missed, 0, read))


def _shares(share: float, size: int, random: np.random.Generator) -> np.ndarray:
    """A share of its own for each article, so that two draws in one correlate by `ALIKE`."""
    spread = (1 - ALIKE) / ALIKE
    return random.beta(share * spread, (1 - share) * spread, size)
