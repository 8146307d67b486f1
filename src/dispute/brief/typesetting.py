"""Typesetting: letters that the fonts have, the code to scan, and Typst."""

import io
import json
from collections.abc import Mapping
from typing import Any

from helpers.case.load import Case
from helpers.figures import letters


def in_letters(printed: Mapping[str, Any], case: Case) -> dict[str, Any]:
    """What is printed, in letters that the fonts of the brief have (`helpers.figures.letters`).

    Names, issues and periods that cannot be printed stand as their ids. `lacking` says whether
    anything stands for something else.
    """
    known = {**case.names(), **case.labels(), **case.period_labels()}
    lacking = False

    def legible(value: Any) -> Any:
        nonlocal lacking
        if isinstance(value, str):
            lacking = lacking or bool(letters.lacking(value))
            return letters.spelled(value, known)
        if isinstance(value, dict):
            return {key: legible(one) for key, one in value.items()}
        return [legible(one) for one in value] if isinstance(value, list) else value

    return {**legible(dict(printed)), "lacking": lacking}


def code_to_scan(address: str) -> bytes:
    """A QR code (ISO/IEC 18004) of an address as an SVG; a quarter of it may be spoilt."""
    import segno

    drawn = io.BytesIO()
    code = segno.make_qr(address, error="q", boost_error=False)
    code.save(drawn, kind="svg", xmldecl=False, border=2)
    return drawn.getvalue()


def typeset(template: str, printed: Mapping[str, Any], **form: Any) -> Any:
    """The brief as PDF bytes, tagged. The same input gives the same bytes.

    `template`: Typst source. `printed`: what `content` gives. `form`: another format, as
    `typst.compile` takes it; one of several pages gives a list.

    Raises RuntimeError, by the compiler, where the result would not be PDF/UA-1.
    """
    import typst

    files = {
        "main.typ": template.encode(),
        "content.json": json.dumps(printed, ensure_ascii=False).encode(),
    }
    if printed["address"]:
        files["code.svg"] = code_to_scan(printed["address"])
    form = form or {"format": "pdf", "pdf_standards": ["ua-1"], "timestamp": 0}
    return typst.compile(files, font_paths=[str(letters.FONTS)], ignore_system_fonts=True, **form)
