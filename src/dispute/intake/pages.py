"""A page of the web as an article: its text without menus, and the day that its metadata prove."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from dispute.intake import furniture, page_head, printed_days
from dispute.intake.client import Page
from dispute.intake.drafts import FETCHED, Dated, Draft, RefusedError
from dispute.intake.encodings import decoded

# A day, or a month, in an address: /2019/03/08/.
IN_ADDRESS = re.compile(
    r"/((?:19|20)[0-9]{2})[/-](0[1-9]|1[0-2])(?:[/-]([0-2][0-9]|3[01]))?(?=[/-])"
)
HTML = re.compile(rb"\s*<(!doctype\s+html|html|head|body|article)\b", re.IGNORECASE)
# How deep the elements of a page may lie; words that an article has at least, or likely has.
DEPTH, LEAST, FEW = 2_000, 12, 100


def is_page(content: bytes) -> bool:
    """Whether bytes begin as a page of HTML does."""
    beginning = content[:10_000].removeprefix(b"\xef\xbb\xbf")
    beginning = re.sub(rb"<!--.*?-->", b"", beginning, flags=re.DOTALL)
    is_xhtml = beginning.lstrip().startswith(b"<?xml") and b"<html" in beginning.lower()
    return is_xhtml or bool(HTML.match(beginning))


def read_page(content: bytes, came_from: str, page: Page | None = None) -> Draft:
    """An article from the bytes of a page; `page` is how it was fetched, None for a file.

    Raises RefusedError where no text of an article is in it.
    """
    text, doubt = decoded(content, page.charset() if page else "")
    address = page.addresses[-1] if page else ""
    head = page_head.read_head(text)
    words = _main_text(text, address)
    title = head.title() or words.partition("\n")[0][:300]
    whole = _with_title(title, words)
    date, doubts = _date(head, text, address, whole)
    days = printed_days.days_alone(whole.splitlines())
    own = furniture.Words(title, head.parts.get("sub", []), head.parts.get("caption", []), days)
    return Draft(
        text=whole,
        title=title,
        came_from=came_from,
        publisher=head.first(page_head.PUBLISHERS),
        published=date,
        captured=page.fetched[:10] if page else "",
        furniture=furniture.spans(whole, own),
        doubts=tuple(filter(None, [doubt, *doubts, *_partial(words, page)])),
        kept=_kept(page, "html") if page else {},
    )


def _partial(words: str, page: Page | None) -> Iterator[str]:
    """What makes one think that a page is not the article that was asked for, or not all of it."""
    number = len(words.split())
    if number < FEW:
        yield f"it has {number} words only: is that all of it, or what a paywall lets through?"
    paths = [urlsplit(address).path for address in page.addresses] if page else []
    if len(paths) > 1 and paths[0] not in ("", "/") and paths[-1] in ("", "/"):
        yield "its address leads to the front page now: is this the article?"


def kept_as(page: Page, ending: str) -> dict[str, bytes]:
    """What is kept of a page that was fetched: its bytes, and how it was fetched."""
    return _kept(page, ending)


def _kept(page: Page, ending: str) -> dict[str, bytes]:
    record = {
        "address": page.addresses[0],
        "addresses": list(page.addresses),
        "fetched": page.fetched,
        "status": page.status,
        "headers": [list(pair) for pair in page.headers],
        "bytes": len(page.body),
        "sha256": hashlib.sha256(page.body).hexdigest(),
    }
    words = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    packed = gzip.compress(page.body, mtime=0)
    return {f".{ending}.gz": packed, FETCHED: words.encode()}


def _main_text(text: str, address: str) -> str:
    """The article's own paragraphs, parted by an empty line."""
    import trafilatura

    _expect_shallow(text)
    try:
        found = trafilatura.extract(text, url=address or None, include_comments=False)
    except Exception as error:  # what a damaged page makes a reader say has many names
        raise RefusedError(f"a page that cannot be read ({type(error).__name__})") from error
    if not found or len(found.split()) < LEAST:
        raise RefusedError("no text of an article was found in the page")
    lines = [" ".join(line.split()) for line in found.splitlines()]
    return "\n\n".join(filter(None, lines))


def _expect_shallow(text: str) -> None:
    """Refuse elements without end in one another: what reads them would use up its stack."""
    depth = deepest = 0
    for tag in re.finditer(r"<(/?)(?:div|span|p|b|i|em|ul|ol|li|table|td|font|section)\b", text):
        depth = max(0, depth + (-1 if tag[1] else 1))
        deepest = max(deepest, depth)
    if deepest > DEPTH:
        raise RefusedError(f"a page with elements more than {DEPTH} deep")


def _with_title(title: str, words: str) -> str:
    """The text with its headline above it, once."""
    first = words.partition("\n\n")[0]
    if not title or _plain(first) == _plain(title):
        return words + "\n"
    return f"{title}\n\n{words}\n"


def _plain(words: str) -> str:
    return re.sub(r"\W+", "", words.casefold())


def _date(head: page_head.Head, text: str, address: str, whole: str) -> tuple[Dated, list[str]]:
    """The day of publication as far as it is proved, and what is doubtful about it."""
    told = [(name, printed_days.as_edtf(value)[0], value) for name, value in head.days()]
    told = [one for one in told if re.fullmatch("[0-9]{4}(-[0-9]{2}){0,2}", one[1])]
    days = list(dict.fromkeys(edtf for _, edtf, _ in told))
    if len(days) == 1:
        basis = f"given by the page's metadata ({told[0][0]}: {told[0][2][:40]})"
        return Dated(days[0], basis), []
    if days:
        each = ", ".join(f"{name} {edtf}" for name, edtf, _ in told)
        basis = f"the page's metadata give several days: {each}"
        return Dated(f"[{','.join(sorted(days))}]", basis), [f"{basis}: which is it?"]
    printed, doubt = printed_days.dateline(whole.splitlines()[1:])
    if printed.edtf:
        return printed, [doubt] if doubt else []
    if match := IN_ADDRESS.search(address):
        edtf = "-".join(filter(None, match.groups()))
        return Dated(edtf, f"not printed in the text; the page's address holds {match[0]}/"), []
    return Dated(), [doubt or _seen_by_htmldate(text, address)]


def _seen_by_htmldate(text: str, address: str) -> str:
    """What htmldate reads in a page that proves no day: a hint, for it may be a capture's day."""
    import htmldate

    try:
        found = htmldate.find_date(
            text, extensive_search=False, original_date=True, url=address or None
        )
    except (ValueError, RecursionError):
        found = None
    if not found:
        return ""
    return (
        f"a header of the page says {found}, which may be the day of a capture: it proves nothing"
    )
