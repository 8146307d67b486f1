"""A rich text file (RTF) as an article."""

from dispute.intake.drafts import Draft, RefusedError
from dispute.intake.plain import of_text

BEGINNING = b"{\\rtf"
# Bytes that are read, brackets in one another.
BYTES, DEPTH = 20_000_000, 500


def read_rtf(content: bytes, came_from: str) -> Draft:
    """An article from the bytes of an RTF file; raises RefusedError for what is damaged."""
    from striprtf.striprtf import rtf_to_text

    if len(content) > BYTES:
        raise RefusedError(f"a rich text file of more than {BYTES // 1_000_000} MB")
    source = content.decode("latin-1")
    depth = deepest = 0
    for char in source.replace("\\{", "").replace("\\}", ""):
        depth += (char == "{") - (char == "}")
        deepest = max(deepest, depth)
    if depth > 0 or deepest > DEPTH:
        raise RefusedError("a rich text file that is cut off, or brackets without end")
    try:
        text = rtf_to_text(source, errors="replace")
    except Exception as error:  # a damaged file is told by many names
        raise RefusedError(f"a rich text file that cannot be read ({error})") from error
    lines = [line.rstrip() for line in text.replace("\u00a0", " ").splitlines()]
    return of_text("\n".join(lines).strip() + "\n", came_from, [])
