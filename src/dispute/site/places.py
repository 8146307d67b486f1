"""Places: pages parted by weight, and the address of each thing on them.

A page that grows with the case is a row of sections of items. Where these weigh more than a page
should, the page is parted: its first part keeps the address `NAME.html`, those of the others are
`NAME-2.html`, or `NAME/2.html` within a folder. So every address is known before a page is written.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

# The weight of a part, in bytes of HTML; what all pages share and what estimates miss comes on top.
MOST = 280_000

# The bytes of what stands above the items where a section goes on.
AGAIN = 600

To = Callable[..., str]


def _nothing(item: Any) -> str:
    return ""


class Section(NamedTuple):
    """A run of items of one kind on a page.

    `key` tells sections of a kind apart. `weigh` estimates the bytes of an item, and `head` are
    those of what stands above the first of them. `anchor` is the place of the section, `anchors`
    names those of an item, and `label` how it is called where a part begins or ends with it.
    """

    kind: str
    items: Sequence[Any]
    weigh: Callable[[Any], int]
    key: Any = ""
    anchor: str = ""
    anchors: Callable[[Any], Iterable[str]] = _nothing
    label: Callable[[Any], str] = _nothing
    head: int = AGAIN


class Group(NamedTuple):
    """The items of a section that stand on one part of its page; `begins` with its first one."""

    section: Section
    items: Sequence[Any]
    begins: bool
    ends: bool

    @property
    def kind(self) -> str:
        """The kind of the section."""
        return self.section.kind

    @property
    def key(self) -> Any:
        """The key of the section."""
        return self.section.key


class Part(NamedTuple):
    """One part of a page: its number, how many there are, and its groups."""

    number: int
    of: int
    groups: list[Group]
    label: str

    def find(self, kind: str) -> list[Group]:
        """The groups of a kind."""
        return [group for group in self.groups if group.kind == kind]


def parted(sections: Iterable[Section], most: int = MOST) -> list[Part]:
    """The parts of a page, in order: at least one, and none heavier than `most` without need.

    A section without items stands, empty, where its turn is.
    """
    parts: list[list[Group]] = [[]]
    weight = 0
    for section in sections:
        start = 0
        weight += section.head
        for place, item in enumerate(section.items):
            size = section.weigh(item)
            if weight + size > most and (parts[-1] or place > start):
                if place > start:
                    parts[-1].append(_group(section, start, place))
                parts.append([])
                start, weight = place, AGAIN
            weight += size
        parts[-1].append(_group(section, start, len(section.items)))
    whole = len(parts)
    return [
        Part(number, whole, groups, _label(groups)) for number, groups in enumerate(parts, start=1)
    ]


def _group(section: Section, start: int, end: int) -> Group:
    items = section.items[start:end]
    return Group(section, items, begins=start == 0, ends=end == len(section.items))


def _label(groups: list[Group]) -> str:
    """What a part holds: from its first item to its last, where these have a name."""
    full = [group for group in groups if group.items]
    if not full:
        return ""
    first = full[0].section.label(full[0].items[0])
    last = full[-1].section.label(full[-1].items[-1])
    return first if first == last else f"{first} – {last}"


def file_of(name: str, number: int = 1) -> str:
    """The file of a part of a page, from the root of the site."""
    if number == 1:
        return f"{name}.html"
    return f"{name}/{number}.html" if "/" in name else f"{name}-{number}.html"


class Places:
    """Where each anchor stands: `later` are those that lie on a later part of their page."""

    def __init__(self) -> None:
        self.later: dict[tuple[str, str], int] = {}

    def add(self, name: str, parts: Iterable[Part]) -> None:
        """Take in the parts of a page."""
        for part in parts:
            if part.number > 1:
                for anchor in _anchors(part):
                    self.later.setdefault((name, anchor), part.number)

    def file(self, name: str, anchor: str = "") -> str:
        """The file with a place of a page, from the root of the site."""
        return file_of(name, self.later.get((name, anchor), 1))

    def to(self, root: str) -> To:
        """What gives the address of a place, from a page from which `root` leads to the root."""

        def address(name: str, anchor: str = "") -> str:
            place = f"#{quote(anchor, safe=':()-~')}" if anchor else ""
            return f"{root}{self.file(name, anchor)}{place}"

        return address

    def known(self, page: str, root: str) -> str:
        """The same for an address of another room, such as `events.html#x`."""
        name, _, anchor = page.partition("#")
        return self.to(root)(name.removesuffix(".html"), anchor)


def _anchors(part: Part) -> Iterator[str]:
    for group in part.groups:
        if group.begins and group.section.anchor:
            yield group.section.anchor
        for item in group.items:
            yield from group.section.anchors(item)
