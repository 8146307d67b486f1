"""The prompt: what a model is told, from two templates, the codebook and an article.

The templates can be read and changed. A case may have its own beside its codebook. They are
strangers' as the case is: they are filled in a sandbox, and cannot grow without end.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from dispute.proposing.forms import sent_form, shown_form
from dispute.proposing.parts import Part
from helpers.case.files import read_bytes
from helpers.case.model import Case
from helpers.case.problems import CaseError, Problem
from helpers.words import printable

RULES, ARTICLE = "prompt.rules.jinja", "prompt.article.jinja"
# Bytes of a template, and characters of what is made of one.
BYTES, LONGEST = 200_000, 12_000_000

Message = dict[str, str]


class Dateline(NamedTuple):
    """What a prompt says of an article: its day of publication and its languages."""

    published: str
    languages: str


class Prompts:
    """The prompts of a case. Raises CaseError where a template of its own cannot be used."""

    def __init__(self, case: Case, folder: Path) -> None:
        self.case = case
        self.form = sent_form(case)
        self._environment = ImmutableSandboxedEnvironment(
            undefined=jinja2.StrictUndefined, keep_trailing_newline=True, autoescape=False
        )
        self._sources = {name: _source(folder, name) for name in (RULES, ARTICLE)}
        self.rules = self._filled(RULES, _codebook(case))

    @cached_property
    def said(self) -> dict[str, Dateline]:
        """What is said of each article beside its text."""
        rows = self.case.articles[["article_id", "published", "language"]]
        return {article: Dateline(*more) for article, *more in rows.itertuples(index=False)}

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the template of the article, and of the other with the codebook in it."""
        said = "\0".join([self.rules, self._sources[ARTICLE]])
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()

    def messages(self, article_id: str, part: Part) -> list[Message]:
        """What is sent to be told of a part of an article."""
        text, known = self.case.texts[article_id], self.said[article_id]
        fence = fence_of(text)
        asked = self._filled(
            ARTICLE,
            {
                "fence": fence,
                "published": known.published,
                "languages": known.languages,
                "part": part,
                "text": "".join(self._marked(article_id, part, fence)),
            },
        )
        return [{"role": "system", "content": self.rules}, {"role": "user", "content": asked}]

    def _marked(self, article_id: str, part: Part, fence: str) -> Iterator[str]:
        """The text of a part, its furniture between marks."""
        text, place = self.case.texts[article_id], part.start
        for span in sorted(self.case.furniture[article_id]):
            start, end = max(span.start, place), min(span.end, part.end)
            if start >= end:
                continue
            what = printable(span.what, 40).replace(">", "")
            yield text[place:start]
            yield f"<<{fence}: {what}, not to be coded>>{text[start:end]}<<{fence}: end>>"
            place = end
        yield text[place : part.end]

    def _filled(self, name: str, values: Mapping[str, Any]) -> str:
        pieces, size = [], 0
        try:
            for piece in self._environment.from_string(self._sources[name]).generate(**values):
                pieces.append(piece)
                size += len(piece)
                if size > LONGEST:
                    raise ValueError(f"more than {LONGEST} characters")
        except Exception as error:  # a template of strangers can raise whatever it likes
            found = printable(error, 200)
            expected = "a template that can be filled (docs/proposals.md)"
            raise CaseError([Problem(f"codebook/{name}", 0, "", found, expected)]) from None
        return "".join(pieces)


def fence_of(text: str) -> str:
    """A word that begins the marks of a text. It does not stand in it, and nobody can guess it."""
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return f"article-{digest[:16]}"


def unmarked(quote: str, text: str) -> str:
    """A quote without the marks that were put into the text."""
    return re.sub(f"<<{fence_of(text)}: [^>]*>>", "", quote)


def _source(folder: Path, name: str) -> str:
    own = folder / "codebook" / name
    if not own.exists():
        return files("dispute").joinpath("templates/proposing", name).read_text(encoding="utf-8")
    try:
        return read_bytes(own, BYTES).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        found = getattr(error, "strerror", "") or "bytes that are not UTF-8"
        raise CaseError([Problem(f"codebook/{name}", 0, "", found, "a text in UTF-8")]) from None


def _codebook(case: Case) -> dict[str, Any]:
    """What a prompt may say of the codebook. Nothing of what anybody coded is in it."""
    about = case.actors.get("about", [""] * len(case.actors))
    printed = case.aliases.groupby("actor_id").alias.unique() if len(case.aliases) else {}
    actors = [
        {
            "actor_id": row.actor_id,
            "name": row.name_,
            "kind": row.kind,
            "about": said or "",
            "printed": sorted(set(printed.get(row.actor_id, ())) - {row.name_}),
        }
        for row, said in zip(
            case.actors.rename(columns={"name": "name_"}).itertuples(), about, strict=True
        )
    ]
    return {
        "title": case.title,
        "question": case.question,
        "guide": case.guide,
        "rules": _rows(case.rules[case.rules.unit != "relation"]),
        "issues": _rows(case.issues),
        "stances": _rows(case.stances),
        "actors": actors,
        "schema": json.dumps(shown_form()),
    }


def _rows(frame: Any) -> list[dict[str, Any]]:
    return list(frame.astype(object).to_dict("records"))
