"""The letters of bytes: which encoding they are in, as far as they say so."""

import codecs
import re

from dispute.intake.drafts import RefusedError

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# What a page says of itself, in its first bytes.
META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,40})", re.IGNORECASE)
BEGINNING = 4_096
# Encodings of text that a page may name; any other word is not believed.
KNOWN = re.compile(
    r"utf[-_]?8|utf[-_]?16(-?[lb]e)?|us-ascii|ascii|iso[-_]8859|latin|windows-125|cp125|koi8|"
    r"gb2312|gbk|gb18030|big5|shift_jis|euc-|iso-2022-jp|tis-620|macintosh"
)
OLDER, LATIN = "windows-1252", re.compile("iso[-_]?8859[-_]1|latin[-_]?1|(us-)?ascii")


def decoded(content: bytes, said: str = "") -> tuple[str, str]:
    """The text of some bytes, and a doubt where its encoding had to be guessed.

    `said` is the encoding that the sender names. A byte order mark counts first, then what was
    said, then what a page says of itself, then UTF-8, and at last Windows-1252. Raises RefusedError
    for what is no text.
    """
    text, doubt = _decoded(content, said)
    if "\x00" in text:
        raise RefusedError("bytes that are no text")
    return text, doubt


def _decoded(content: bytes, said: str) -> tuple[str, str]:
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return _as(content, encoding), ""
    in_page = META.search(content[:BEGINNING])
    named = [said.lower(), in_page[1].decode("ascii").lower() if in_page else "", "utf-8"]
    for encoding in filter(KNOWN.match, named):
        # As browsers have it: who says Latin-1 means its larger sister.
        encoding = OLDER if LATIN.fullmatch(encoding) else encoding
        try:
            return content.decode(encoding), ""
        except (UnicodeDecodeError, LookupError):
            continue
    if b"\x00" in content:
        raise RefusedError("bytes that are no text")
    return _as(content, OLDER), f"it is not UTF-8 and was read as {OLDER}: look at its accents"


def _as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise RefusedError(f"a byte that is not {encoding} at {error.start}") from error
