"""Signatures: 64 small numbers of a text; the share of equal ones estimates how alike texts are.

MinHash (Broder 1997): of each of 64 orders of all runs of five words, the first one that a text
has. Two texts have the same first run in an order with the probability of their Jaccard index (the
shared runs over all runs of both), so that the estimate has a standard error of .06 at most. Of
each number 16 bits are kept (Li and König 2010), which makes two unlike ones equal once in 65,536.
"""

import zlib

import numpy as np

from dispute.intake.likeness import RUN, words_of

ORDERS, ROWS = 64, 4
_DICE = np.random.Generator(np.random.PCG64(20220905))
# Odd factors and any offsets, modulo 2⁶⁴; the upper half of a product is well mixed.
FACTORS = _DICE.integers(2**63, size=ORDERS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
OFFSETS = _DICE.integers(2**64, size=ORDERS, dtype=np.uint64)
PLACES = _DICE.integers(2**63, size=RUN, dtype=np.uint64) * np.uint64(2) + np.uint64(1)


def signature(text: str) -> np.ndarray:
    """The signature of a text: 64 numbers of 16 bits; of a text without words none."""
    words = words_of(text)
    if not words:
        return np.empty(0, np.uint16)
    known = {word: zlib.crc32(word.encode()) for word in dict.fromkeys(words)}
    numbers = np.array([known[word] for word in words], np.uint64)
    length = max(1, len(words) - RUN + 1)
    runs = np.zeros(length, np.uint64)
    for place, factor in enumerate(PLACES[: len(words)]):
        runs += numbers[place : place + length] * factor
    runs = np.unique(runs ^ (runs >> np.uint64(31)))
    pairs = zip(FACTORS, OFFSETS, strict=True)
    least = [((runs * factor + offset) >> np.uint64(32)).min() for factor, offset in pairs]
    return np.array(least, np.uint64).astype(np.uint16)


def bands(signatures: np.ndarray) -> np.ndarray:
    """Sixteen bands of each signature (rows): four of its numbers as one.

    Two texts of Jaccard index j share a band with the probability 1 - (1 - j⁴)¹⁶: .9998 at .8,
    .64 at .5 and .03 at .2. What they share is looked at again by the whole signature.
    """
    return np.ascontiguousarray(signatures).view(np.uint64)
