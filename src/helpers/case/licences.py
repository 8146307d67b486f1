"""Licences by their SPDX identifiers: what they are called, and where they stand."""

from typing import NamedTuple


class Licence(NamedTuple):
    """A licence: its identifier (SPDX, where it is known), its name, its address (may be empty)."""

    id: str
    title: str
    address: str


CREATIVE = "https://creativecommons.org"
KNOWN = [
    Licence("CC-BY-4.0", "Creative Commons Attribution 4.0", f"{CREATIVE}/licenses/by/4.0/"),
    Licence(
        "CC-BY-SA-4.0",
        "Creative Commons Attribution Share-Alike 4.0",
        f"{CREATIVE}/licenses/by-sa/4.0/",
    ),
    Licence(
        "CC-BY-NC-4.0",
        "Creative Commons Attribution Non-Commercial 4.0",
        f"{CREATIVE}/licenses/by-nc/4.0/",
    ),
    Licence("CC0-1.0", "Creative Commons Zero 1.0", f"{CREATIVE}/publicdomain/zero/1.0/"),
    Licence(
        "ODbL-1.0",
        "Open Data Commons Open Database License 1.0",
        "https://opendatacommons.org/licenses/odbl/1-0/",
    ),
    Licence(
        "ODC-By-1.0",
        "Open Data Commons Attribution License 1.0",
        "https://opendatacommons.org/licenses/by/1-0/",
    ),
    Licence(
        "PDDL-1.0",
        "Open Data Commons Public Domain Dedication and License 1.0",
        "https://opendatacommons.org/licenses/pddl/1-0/",
    ),
    Licence("MIT", "MIT License", "https://spdx.org/licenses/MIT.html"),
]


def licence_of(words: str) -> Licence:
    """The licence that a case names; one in words of its own where it is none of those known."""
    for licence in KNOWN:
        if words.casefold() == licence.id.casefold():
            return licence
    return Licence("other", words, "")
