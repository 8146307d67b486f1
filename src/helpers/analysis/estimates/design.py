"""The difference estimator: what a machine counts in all articles, mended by a sample.

A total over all articles is what the machine counts there, and on top of it the estimated total of
what it misses: hand minus machine in the sampled articles, each weighed by the inverse of its
probability (Horvitz and Thompson). With a stratified sample drawn without return:

    t = Σ_all m + Σ_h N_h/n_h Σ_s (y - m)
    V(t) = Σ_h N_h² (1 - n_h/N_h) s²_h / n_h

y is the count by hand, m the machine's, s²_h the variance of y - m in stratum h. However wrong the
machine is, t is right on average; the better it is, the narrower is the interval. Of a ratio R of
two totals the variance is that of the total of (e_1 - R e_2) / t_2, e being y - m (linearisation by
Taylor). Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, sections 5.5 and 6.3.

With one stratum the mean is that of prediction-powered inference with λ = 1 (Angelopoulos et al.
2023, Science 382, doi 10.1126/science.adi6000), which takes the articles for a draw from endlessly
many: its variance has no (1 - n/N), and the variance of the machine's mean on top.
"""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.stats import t as student


class Design(NamedTuple):
    """A stratified sample: of each article its stratum (a number), of each stratum its size.

    `sizes` are the articles that a stratum has, in the order of its number.
    """

    stratum: np.ndarray
    sizes: np.ndarray

    def sampled(self) -> np.ndarray:
        """n_h, the sampled articles of each stratum."""
        return np.bincount(self.stratum, minlength=len(self.sizes))

    def weights(self) -> np.ndarray:
        """N_h / n_h of each sampled article: for how many it stands."""
        return (self.sizes / np.maximum(self.sampled(), 1))[self.stratum]

    def freedom(self) -> int:
        """The degrees of freedom of a variance: n_h - 1 of each stratum that is not whole."""
        number = self.sampled()
        return int((number - 1)[number < self.sizes].sum())

    def is_whole(self) -> bool:
        """Whether every article is in the sample."""
        return bool((self.sampled() >= self.sizes).all())

    def variance(self, values: Any) -> np.ndarray:
        """V of the total of each column of `values`, a sparse matrix: sampled articles by these."""
        number = self.sampled()
        shape = (len(number), len(self.stratum))
        ones = np.ones(len(self.stratum))
        members = sparse.csr_array((ones, (self.stratum, np.arange(shape[1]))), shape=shape)
        sums = (members @ values).toarray()
        squares = (members @ values.power(2)).toarray()
        of_one = np.maximum(number, 1)[:, None]
        spread = np.maximum(squares - sums**2 / of_one, 0) / np.maximum(of_one - 1, 1)
        factor = self.sizes**2 * (1 - number / self.sizes) / np.maximum(number, 1)
        return factor @ spread


def design_of(sample: pd.DataFrame) -> Design:
    """The design of a sample: columns article_id, stratum, n_stratum, a row for each article in it.

    Raises ValueError for a stratum of which one article stands for several: from one alone nobody
    can tell how much they differ.
    """
    names = sorted(set(sample.stratum))
    stratum = pd.Index(names).get_indexer(sample.stratum)
    sizes = sample.groupby("stratum", sort=True).n_stratum.first().to_numpy(float)
    design = Design(stratum, sizes)
    number = design.sampled()
    alone = [names[at] for at in np.flatnonzero((number < 2) & (number < sizes))]
    if alone:
        raise ValueError(f"one article of the stratum {alone[0]}: expected two of it at least")
    return design


class Estimate(NamedTuple):
    """Some numbers: as estimated, with the standard error, as the machine or the hand alone says.

    `hand` is the sample weighed up to all articles, without the machine.
    """

    value: np.ndarray
    error: np.ndarray
    machine: np.ndarray
    hand: np.ndarray

    def bounds(self, freedom: int) -> tuple[np.ndarray, np.ndarray]:
        """The 95 % interval by Student's t; the value itself where all were sampled."""
        width = student.ppf(0.975, freedom) * self.error if freedom else 0 * self.error
        return self.value - width, self.value + width


class Counted(NamedTuple):
    """What was counted, by cell: `whole` by the machine in all articles (one number a cell).

    `hand` and `machine`, each a sparse matrix (sampled articles by cells), in the sample alone;
    `missed`: hand minus machine (`counted`).
    """

    design: Design
    whole: np.ndarray
    hand: Any
    machine: Any
    missed: Any

    def totals(self, of: Any) -> Estimate:
        """Totals of sums of cells; `of`: sparse, cells by totals, how often each cell counts."""
        missed = self.missed @ of
        weights = self.design.weights()
        read = self.whole @ of
        error = np.sqrt(self.design.variance(missed))
        return Estimate(read + weights @ missed, error, read, weights @ (self.hand @ of))

    def ratios(self, over: Any, under: Any) -> Estimate:
        """Ratios of such totals; where the lower one is not above 0, there is none (NaN)."""
        one, other = self.totals(over), self.totals(under)
        value = _quotient(one.value, other.value)
        rest = self.missed @ over - (self.missed @ under) @ sparse.diags_array(np.nan_to_num(value))
        error = _quotient(np.sqrt(self.design.variance(rest)), other.value)
        machine = _quotient(one.machine, other.machine)
        return Estimate(value, error, machine, _quotient(one.hand, other.hand))


def counted(design: Design, whole: np.ndarray, hand: Any, machine: Any) -> Counted:
    """What was counted, with what the machine missed."""
    return Counted(design, whole, hand, machine, hand - machine)


def _quotient(over: np.ndarray, under: np.ndarray) -> np.ndarray:
    none = np.full(len(over), np.nan)
    return np.divide(over, under, out=none, where=under > 0)
