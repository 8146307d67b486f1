"""The two files of a new article, and what is kept beside them."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping

from dispute.intake.drafts import Draft, Span

RIGHTS = "not looked into yet: who holds the rights, and under what terms, is to be filled in"
# What a line of YAML cannot hold as it is.
UNPRINTED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def files_of(article_id: str, draft: Draft, origin: str) -> Mapping[str, bytes]:
    """The files of an article by their names within `articles/`; `origin` is what is proposed."""
    text = draft.text.encode("utf-8")
    sidecar = "".join(f"{line}\n" for line in _lines(draft, text, origin))
    files = {f"{article_id}.txt": text, f"{article_id}.yaml": sidecar.encode("utf-8")}
    files |= {f"{article_id}{ending}": content for ending, content in draft.kept.items()}
    return files


def _lines(draft: Draft, text: bytes, origin: str) -> Iterator[str]:
    digest = f", SHA-256 {draft.source_sha256}" if draft.source_sha256 else ""
    yield f"# added by `dispute add` from {quoted(draft.came_from)}{digest}"
    yield f"title: {quoted(draft.title)}"
    yield f"publisher: {quoted(draft.publisher)}"
    if origin:
        yield f"# origin: {quoted(origin)}  # proposed: true where the text was first theirs"
    yield f"published: {quoted(draft.published.edtf)}"
    yield f"published_basis: {quoted(draft.published.basis)}"
    yield f"captured: {quoted(draft.captured)}"
    yield f"language: [{', '.join(map(quoted, draft.languages))}]"
    printed = f"; the source prints: {draft.rights}" if draft.rights else ""
    yield f"rights: {quoted(RIGHTS + printed)}"
    yield f"sha256: {quoted(hashlib.sha256(text).hexdigest())}"
    if not draft.furniture:
        yield "furniture: []"
        return
    meaning = "start, end (Unicode code points, end exclusive), and their words"
    yield f"furniture:  # spans that are not the article's own text: {meaning}"
    for span in draft.furniture:
        yield f"  - {{{', '.join(_parts(draft.text, span))}}}"


def _parts(text: str, span: Span) -> Iterator[str]:
    yield f"start: {span.start}"
    yield f"end: {span.end}"
    yield f"words: {quoted(text[span.start : span.end])}"
    yield f"what: {quoted(span.what)}"
    yield f"note: {quoted(span.note)}"


def quoted(words: str) -> str:
    """Words as a text of YAML on one line."""
    written = json.dumps(words, ensure_ascii=False)
    return UNPRINTED.sub(lambda match: f"\\u{ord(match[0]):04x}", written)
