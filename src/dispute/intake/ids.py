"""The id of a new article: its publisher and its date, made unique."""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from helpers.case.cells import PATTERNS
from helpers.case.metadata import short_name

# What stands for a publisher, or a date, that is not known.
UNIDENTIFIED, UNDATED = "unidentified", "undated"
LONGEST = 60


def article_id(publisher: str, published: str, address: str, taken: Collection[str]) -> str:
    """An id such as `skerry-post-2019-03-08` that is not taken yet.

    What stands in brackets behind a publisher's name is left out. A name without a letter of ASCII
    gives way to the host of the address. Of a date that is more than a day its beginning is taken.
    """
    name = _slug(re.sub(r"\s*\([^)]*\)", "", publisher)) or _slug(_host(address)) or UNIDENTIFIED
    day = re.search(r"[0-9]{4}(-[0-1][0-9](-[0-3][0-9])?)?", published)
    wanted = f"{name}-{day[0] if day else UNDATED}"
    number, found = 1, wanted
    while found in taken or not re.fullmatch(PATTERNS["id"].regex, found):
        number += 1
        found = f"{wanted}-{number}"
    return found


def _slug(words: str) -> str:
    if not re.search("[A-Za-z0-9]", words):
        return ""
    return re.sub("^the-", "", short_name(words))[:LONGEST].strip("-")


def _host(address: str) -> str:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return re.sub(r"^www\.", "", host)
