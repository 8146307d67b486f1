"""The columns of the tables of a corpus. `docs/corpus.md` says what each of them means."""

from typing import Any

import pyarrow as pa

TEXT, NUMBER, STANCE = pa.string(), pa.int32(), pa.int16()
PLACE = {"start": NUMBER, "end": NUMBER}
DATE = {"date_edtf": TEXT, "date_basis": TEXT}


def _listed(**columns: Any) -> pa.DataType:
    return pa.list_(pa.struct(list(columns.items())))


NAMES = _listed(actor_id=TEXT, **PLACE, how=TEXT)
TIMES = _listed(**PLACE, words=TEXT, type=TEXT, value=TEXT, date_edtf=TEXT, basis=TEXT)
STATEMENTS = _listed(
    speaker=TEXT,
    printed=TEXT,
    on_behalf_of=TEXT,
    quoted_by=TEXT,
    issue=TEXT,
    stance=STANCE,
    **DATE,
    speech=TEXT,
    quote=TEXT,
    **PLACE,
)
EVENTS = _listed(**DATE, place=TEXT, participants=TEXT, according_to=TEXT, quote=TEXT, **PLACE)
COUNTS = _listed(actor_id=TEXT, issue=TEXT, stance=STANCE, n=NUMBER)

# A part: one row for each record of the corpus. The lists of one that has a fault are empty.
ARTICLES = pa.schema(
    {
        "article_id": TEXT,
        "address": TEXT,
        "publisher": TEXT,
        "published": TEXT,
        "month": TEXT,
        "language": TEXT,
        "characters": NUMBER,
        "fault": TEXT,
        "names": NAMES,
        "times": TIMES,
        "statements": STATEMENTS,
        "events": EVENTS,
        "counts": COUNTS,
        "signature": pa.list_(pa.uint16()),
    }
)
