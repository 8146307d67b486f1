"""Words of a case on a page: as Markdown that says only these words, and passages side by side, as HTML that stacks on a phone and needs no style sheet."""

from html import escape

from helpers.dates import edtf as dates

SIDES = '<div style="display:flex;flex-wrap:wrap;gap:0.25rem 1.5rem">'
SIDE = '<div style="flex:1 1 15rem;min-width:0">'
QUOTE = '<blockquote style="margin:0.25rem 0 0.5rem;padding:0.1rem 0 0.1rem 0.75rem;border-left:3px solid #8a8a8a">'


def plain(text: object) -> str:
    """Text as Markdown that says only this text: what could be markup becomes its code point."""
    marks = r"""\`*_{}[]()<>#+-!|~$&:@^='".;/%,"""
    words = " ".join(str(text).split())
    return "".join(f"&#{ord(char)};" if char in marks else char for char in words)


def counted(number: int, noun: str) -> str:
    """A number and its noun, with the plural: `1 statement`, `2 statements`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def facing(blocks, statements, names):
    """Blocks of passages that face each other, as HTML.

    `blocks`: (title, [(heading, ids), …]), ids parted by ";". `statements`: indexed by statement_id. Each passage stands with its words,
    a gloss where it has one, who said it and for whom, when, and its id. No block gives a sentence that says so.
    """
    made = []
    for title, sides in blocks:
        columns = ""
        for heading, ids in sides:
            quoted = "".join(_passage(statements.loc[i], i, names) for i in ids.split(";"))
            columns += (
                f'{SIDE}<p style="margin:0"><strong>{escape(heading)}</strong></p>{quoted}</div>'
            )
        made.append(
            f'<div class="facing" style="margin:0 0 1.25rem"><p style="margin:0 0 0.25rem">{escape(title)}</p>{SIDES}{columns}</div></div>'
        )
    return "\n".join(made) or "<p>None in this selection.</p>"


def _passage(said, identity, names):
    voice = names[said.speaker] + (f" for {names[said.on_behalf_of]}" if said.on_behalf_of else "")
    gloss = f" [{escape(said.gloss)}]" if said.gloss else ""
    source = f"{voice}, {dates.wording(said.date_edtf)} · {said.article_id} · {identity}"
    return f'{QUOTE}<span lang="{escape(said.lang)}">“{escape(said.quote)}”</span>{gloss}<br><small>{escape(source)}</small></blockquote>'
