"""Findings as tables: sentences, margins, what ends them, and what is not shown."""

import pandas as pd

from helpers.analysis.choices_tried import ended_by
from helpers.analysis.coded_rows import Row
from helpers.analysis.finding_basis import Basis
from helpers.analysis.finding_words import sentence
from helpers.analysis.findings import Findings, Shown
from helpers.analysis.predicates import KINDS, Binding, counting, touching
from helpers.case.schema import columns
from helpers.words import counted

OWN_VOICE = "One mention in an article's own voice would end it too."
CLAIMS = ("only-by-claim", "by-claim-tie")


def tables(found: Findings, given: Basis, draws: int = 200) -> dict[str, pd.DataFrame]:
    """The tables `findings`, `findings_not_shown`, `margins` and `robustness`.

    `draws` as in `findings`.
    """
    rows: dict[str, list[dict]] = {"findings": [], "margins": [], "robustness": []}
    for one in found.shown:
        ways = " | ".join(f"{way.row_id}: {way.how}" for way in one.margin.changes)
        measured = {
            "finding_id": one.binding.finding_id,
            "margin": one.margin.size,
            "margin_rows": ";".join(one.margin.row_ids),
            "margin_note": _note(one, draws),
        }
        rows["findings"].append(
            measured
            | {"kind": one.binding.kind, "sentence": one.words, "evidence": one.evidence}
            | {"page": KINDS[one.binding.kind].page, "exploratory": one.binding.exploratory}
            | {"ended_by": ended_by(one.tried, given.names.articles)}
        )
        of_others = ";".join(one.of_others)
        rows["margins"].append(measured | {"margin_how": ways, "rows_of_others": of_others})
        rows["robustness"] += _outcomes(one, draws)
    if found.absence:
        rows["findings"].append(_of_absence(found))
    rows["findings_not_shown"] = [
        {
            "finding_id": binding.finding_id,
            "kind": binding.kind,
            "sentence": sentence(binding, _counted(binding, given), given.names),
            "reason_not_shown": reason,
        }
        for binding, reason in found.left_out
    ]
    return {name: _frame(some, name) for name, some in rows.items()}


def _frame(rows: list[dict], name: str) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=columns(name))
    return frame.astype({"margin": "Int64"}) if "margin" in frame else frame


def _of_absence(found: Findings) -> dict:
    empty = {
        "evidence": "",
        "margin": None,
        "margin_rows": "",
        "margin_note": "",
        "exploratory": "",
    }
    return empty | {
        "finding_id": "absence.change",
        "kind": "absence",
        "sentence": found.absence,
        "page": KINDS["change"].page,
        "ended_by": found.absence_note,
    }


def _counted(binding: Binding, given: Basis) -> list[Row]:
    return counting(binding, touching(binding, given.published), given.published)


def _note(one: Shown, draws: int) -> str:
    """How the margin was found, and how the finding stands simulated errors."""
    parts = [one.margin.note]
    if one.binding.kind in CLAIMS:
        parts.append(OWN_VOICE)
    if number := len(one.of_others):
        would = "would each end it" if number > 1 else "would end it"
        passages = counted(number, "passage")
        parts.append(f"Beside these, {passages} of others {would}, were the speaker misread.")
    if one.held is not None:
        parts.append(
            "With errors as frequent as what the passes differ by, a lower bound, "
            f"it holds in {one.held} of {draws} draws."
        )
    return " ".join(parts)


def _outcomes(one: Shown, draws: int) -> list[dict]:
    """What was tried of a finding, as rows of `robustness`."""
    rows = [
        {
            "finding_id": one.binding.finding_id,
            "choice": outcome.choice,
            "level": outcome.level,
            "holds": "yes" if outcome.holds else "no",
            "value": outcome.value,
        }
        for outcome in one.tried.outcomes
    ]
    if one.held is not None:
        simulated = {"choice": "simulated-error", "level": f"{draws} draws", "holds": ""}
        rows.append({"finding_id": one.binding.finding_id, **simulated, "value": one.held})
    return rows
