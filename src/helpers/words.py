"""Words of a case on a page: Markdown that says only these words, and plurals."""

MARKUP = frozenset(r"""\`*_{}[]()<>#+-!|~$&:@^='".;/%,""")


def plain(text: object) -> str:
    """Text as Markdown that says only this text: what could be markup becomes its code point."""
    words = " ".join(str(text).split())
    return "".join(f"&#{ord(sign)};" if sign in MARKUP else sign for sign in words)


def counted(number: int, noun: str) -> str:
    """A number and its noun: `1 statement`, `2 statements`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
