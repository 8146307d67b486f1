"""Words of a case on a page: as Markdown that says only these words, and plurals."""


def plain(text: object) -> str:
    """Text as Markdown that says only this text: what could be markup becomes its code point."""
    marks = r"""\`*_{}[]()<>#+-!|~$&:@^='".;/%,"""
    words = " ".join(str(text).split())
    return "".join(f"&#{ord(char)};" if char in marks else char for char in words)


def counted(number: int, noun: str) -> str:
    """A number and its noun, with the plural: `1 statement`, `2 statements`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
