"""Names of a file as ids of a codebook: those that are there, and new rows for the others."""

from collections.abc import Iterable, Mapping

from dispute.exchange.wording import plain_id
from helpers.case.copies import folded
from helpers.case.spelling import closest

Row = dict[str, str]


class Names:
    """The ids of one list of the codebook, found by id, by name or by another name.

    `new` are the rows that are not in the codebook yet, in the order in which they were met.
    """

    def __init__(self, noun: str, names: Mapping[str, str], others: Iterable[tuple[str, str]] = ()):
        self.noun = noun
        self.ids = dict.fromkeys(names, True)
        self.known = [*names.values(), *names]
        self.by_name: dict[str, str] = {}
        doubled = set()
        for name, identity in [*((name, key) for key, name in names.items()), *others]:
            plain = folded(name).text
            if self.by_name.setdefault(plain, identity) != identity:
                doubled.add(plain)
        for plain in doubled:
            del self.by_name[plain]
        self.new: dict[str, Row] = {}

    def id_of(self, value: str, said: Mapping[str, str]) -> tuple[str, str]:
        """The id of a value and nothing, or nothing and what was expected.

        `said` is what the file says of it; a value that is not there, and near to none that is,
        becomes a new row.
        """
        if value in self.ids:
            return value, ""
        plain = folded(value).text
        if plain in self.by_name:
            return self.by_name[plain], ""
        if near := closest(value, self.known):
            expected = f"{self.noun} of the codebook (did you mean {near}?), or in the mapping file"
            return "", f"{expected} which one it is"
        identity = plain_id(value) or f"{self.noun.split()[-1]}-{len(self.new) + 1}"
        number = 2
        while identity in self.ids:
            identity = f"{plain_id(value)}-{number}"
            number += 1
        self.ids[identity] = True
        self.by_name[plain] = identity
        name = value if plain_id(value) != value else said.get("name") or said.get("label") or value
        self.new[identity] = {**said, "name": name}
        return identity, ""
