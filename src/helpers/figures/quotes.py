"""Passages that face each other, as HTML that stacks on a phone and needs no style sheet.

`changed`, `opposed` and `disputed` turn a table of `helpers.analysis.stances` into blocks of
passages; `facing` puts blocks into HTML.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, NamedTuple

import pandas as pd

from helpers.case.model import Case
from helpers.dates.edtf import wording
from helpers.figures.tables import said_of_more
from helpers.words import language_of

BLOCK = '<div class="facing" style="margin:0 0 1.25rem">'
TITLE = '<p style="margin:0 0 0.25rem">'
SIDES = '<div style="display:flex;flex-wrap:wrap;gap:0.25rem 1.5rem">'
SIDE = '<div style="flex:1 1 15rem;min-width:0">'
HEADING = '<p style="margin:0">'
QUOTE = (
    '<blockquote style="margin:0.25rem 0 0.5rem;padding:0.1rem 0 0.1rem 0.75rem;'
    'border-left:3px solid #8a8a8a">'
)
NONE = "<p>None in this selection.</p>"
# So many blocks are shown, so many passages of a side, and so many parties in its heading.
BLOCKS, PASSAGES, PARTIES = 40, 3, 12
TIMINGS = {
    "same-day": "on the same day",
    "for-first": "for came first",
    "against-first": "against came first",
    "unknown": "the dates give no order",
}
VERBS = {"for": "affirmed by", "against": "denied by"}


class Side(NamedTuple):
    """A heading, and below it the passages of these statements (ids parted by `;`)."""

    heading: str
    statement_ids: str


class Block(NamedTuple):
    """A title, and below it sides that face each other."""

    title: str
    sides: list[Side]


def changed(changes: pd.DataFrame, case: Case) -> list[Block]:
    """Changes of position as blocks: earlier against later. `changes`: as `position_changes`."""
    names, labels = case.names_apart(), case.labels()
    scale = dict(zip(case.stances.stance, case.stances.label, strict=True))
    return [
        Block(
            f"{names[change.actor_id]} on “{labels[change.issue]}”",
            [
                Side(f"earlier: {scale[change.from_stance]}", change.from_statements),
                Side(f"later: {scale[change.to_stance]}", change.to_statements),
            ],
        )
        for change in changes.itertuples()
    ]


def earlier(told: pd.DataFrame, case: Case) -> list[Block]:
    """Stances that are undated and told as earlier, as blocks. `told`: as `told_earlier`."""
    blocks = changed(told, case)
    return [
        Block(title, [Side(f"undated, told as {one.heading}", one.statement_ids), other])
        for title, (one, other) in blocks
    ]


def opposed(pairs: pd.DataFrame, case: Case) -> list[Block]:
    """Contradictions as blocks: for against against. `pairs`: as `contradictions` gives them.

    A block holds all pairs of one actor, one issue and one order in time.
    """
    names, labels = case.names_apart(), case.labels()
    blocks = []
    for (actor, issue, timing), rows in pairs.groupby(["actor_id", "issue", "timing"], sort=True):
        sides = [
            Side("for", _ids(rows.statement_for)),
            Side("against", _ids(rows.statement_against)),
        ]
        blocks.append(Block(f"{names[actor]} on “{labels[issue]}”: {TIMINGS[timing]}", sides))
    return blocks


def disputed(facts: pd.DataFrame, case: Case) -> list[Block]:
    """Disputed facts as blocks: who affirms, who denies. `facts`: as `disputed_facts` gives them.

    One passage of each party is shown; how many it has stands in brackets.
    """
    claims = dict(zip(case.issues.issue, case.issues.proposition, strict=True))
    names = case.names_apart()
    blocks = []
    for issue, rows in facts.groupby("issue", sort=False):
        sides = [_party_side(rows[rows.side == side], side, names) for side in VERBS]
        blocks.append(Block(claims[issue], sides))
    return blocks


def _party_side(rows: pd.DataFrame, side: str, names: dict[str, str]) -> Side:
    parties = [f"{names[row.party]} ({row.n})" for row in rows.itertuples()]
    if len(parties) > PARTIES + 1:
        parties[PARTIES:] = [f"{len(parties) - PARTIES} more"]
    first = [ids.split(";")[0] for ids in rows.statement_ids]
    return Side(f"{VERBS[side]} {', '.join(parties)}", _ids(first))


def _ids(ids: Iterable[str]) -> str:
    """Ids parted by `;`, each of them once."""
    return ";".join(dict.fromkeys(ids))


def facing(
    blocks: Sequence[Block], statements: pd.DataFrame, names: dict[str, str], whole: str = ""
) -> str:
    """Blocks of passages that face each other, as HTML.

    `blocks`: (title, [(heading, ids), …]), ids parted by `;`. `statements`: indexed by
    statement_id. `names`: actor_id to name. Each passage stands with its words, a gloss where it
    has one, who said it and for whom, when, and its id. No block gives a sentence that says so. Of
    many the first are shown, and the others counted; `whole` is the table that holds them.
    """
    parts = []
    for title, sides in blocks[:BLOCKS]:
        columns = [_side(heading, ids, statements, names) for heading, ids in sides]
        parts.append(f"{BLOCK}{TITLE}{escape(title)}</p>{SIDES}{''.join(columns)}</div></div>")
    if len(blocks) > BLOCKS:
        parts.append(said_of_more([f"{len(blocks) - BLOCKS:,} more"], whole))
    return "\n".join(parts) or NONE


def _side(heading: str, ids: str, statements: pd.DataFrame, names: dict[str, str]) -> str:
    every = ids.split(";")
    shown = every[:PASSAGES] if len(every) > PASSAGES + 1 else every
    quotes = [_quote(statements.loc[one], one, names) for one in shown]
    if len(shown) < len(every):
        quotes.append(f"<p><small>and {len(every) - len(shown):,} more passages</small></p>")
    return f"{SIDE}{HEADING}<strong>{escape(heading)}</strong></p>{''.join(quotes)}</div>"


def _quote(statement: Any, identity: str, names: dict[str, str]) -> str:
    """The words of a statement, and below them whose they are, when, where, and its id."""
    words = f'<span lang="{escape(language_of(statement.lang))}">“{escape(statement.quote)}”</span>'
    if statement.gloss:
        words += f" [{escape(statement.gloss)}]"
    voice = names[statement.speaker]
    if statement.on_behalf_of not in ("", statement.speaker):
        voice += f" for {names[statement.on_behalf_of]}"
    if statement.get("quoted_by"):
        voice += f", as told by {names[statement.quoted_by]}"
    source = f"{voice}, {wording(statement.date_edtf)} · {statement.article_id} · {identity}"
    return f"{QUOTE}{words}<br><small>{escape(source)}</small></blockquote>"
