"""A PDF as an article: the text of its pages, its running lines taken for furniture."""

import io
import logging
import time
from dataclasses import replace

from dispute.intake import furniture
from dispute.intake.drafts import Draft, RefusedError, Span
from dispute.intake.plain import of_text

BEGINNING = b"%PDF-"
# Pages of a paper, characters of all, seconds of reading; pypdf itself bounds what it unpacks.
PAGES, LETTERS, SECONDS = 500, 5_000_000, 60


def read_pdf(content: bytes, came_from: str) -> Draft:
    """An article from the bytes of a PDF.

    Raises RefusedError for what is damaged, needs a password, is too large or holds no text.
    """
    pages = _pages(content)
    text = "\n\n".join(pages) + "\n"
    if not text.strip():
        raise RefusedError("no text in it, perhaps pictures of pages; expected a PDF with text")
    doubts = ["its lines end as they do on the pages of the PDF; its dates are not proved by it"]
    draft = of_text(text, came_from, doubts)
    running = furniture.running_lines(pages)
    known = {span.start for span in draft.furniture}
    spans = list(draft.furniture)
    for start, line in furniture.lines_of(text):
        if furniture.without_figures(line) in running and start not in known:
            spans.append(Span(start, start + len(line), "header", "on most pages"))
    return replace(draft, furniture=tuple(sorted(spans)))


def _pages(content: bytes) -> list[str]:
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    end, letters, pages = time.monotonic() + SECONDS, 0, []
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise RefusedError("a PDF that asks for a password; expected one that does not")
        if len(reader.pages) > PAGES:
            raise RefusedError(f"a PDF of more than {PAGES} pages; expected an article")
        for page in reader.pages:
            words = page.extract_text()
            letters += len(words)
            if letters > LETTERS or time.monotonic() > end:
                raise RefusedError("a PDF that takes too much to read; expected an article")
            pages.append("\n".join(line.rstrip() for line in words.splitlines()).strip())
    except RefusedError:
        raise
    except Exception as error:  # what a damaged PDF makes a reader say has many names
        words = f"{type(error).__name__}: {error}"[:160]
        raise RefusedError(f"a PDF that cannot be read ({words})") from error
    return pages
