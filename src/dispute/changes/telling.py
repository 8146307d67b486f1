"""All changes between two sets of processed tables, as one table."""

import pandas as pd

from dispute.changes.findings import findings
from dispute.changes.passages import articles, coded_units, events_from_outside
from dispute.changes.positions import means, turns
from dispute.changes.ties import edges
from dispute.changes.wording import Tables
from helpers.case.schema import CODED

COLUMNS = ["change_id", "kind", "sentence", "evidence", "page"]
NONE = pd.DataFrame(columns=COLUMNS)


def changes(old: Tables, new: Tables) -> pd.DataFrame:
    """The changes from `old` to `new` (processed tables by name) as a table.

    Columns: `change_id`, `kind`, `sentence`, `evidence` (ids parted by ";") and `page` (where the
    site tells of it, besides the evidence).

    Kinds: articles that are new or gone; statements, event mentions and relation mentions that are
    new, withdrawn, moved to another place in the text or coded otherwise; events from outside that
    are new, gone or dated otherwise; edges that appeared, went or turned (between agreement and
    disagreement, or to another sign); positions that changed; findings that are new, gone, or stand
    otherwise. Empty where nothing did.
    """
    told = articles(old, new)
    for unit in CODED.values():
        told += coded_units(old, new, unit)
    told += events_from_outside(old, new)
    told += edges(old, new)
    told += means(old, new)
    told += turns(old, new)
    told += findings(old, new)
    rows = [(f"{number:04}", *change) for number, change in enumerate(told, start=1)]
    return pd.DataFrame(rows, columns=COLUMNS)
