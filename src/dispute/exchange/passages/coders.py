"""Names of coders in a file as coders of a case."""

from dispute.exchange.passages.mapping import Meanings
from dispute.exchange.wording import plain_id
from helpers.case.load import Case

Row = dict[str, str]


class Coders:
    """The coders of a case by their names in a file; `rows` are those that are new.

    `default` is whoever coded what names nobody.
    """

    def __init__(self, meanings: Meanings, case: Case | None, default: str) -> None:
        self.meanings, self.default = meanings, default
        self.roles: dict[str, str] = {}
        self.by_note: dict[str, str] = {}
        self.rows: list[Row] = []
        self.known: dict[str, tuple[str, str]] = {}
        if case is not None:
            rows = case.coders
            self.roles = dict(zip(rows.coder, rows.coder_role, strict=True))
            self.by_note = dict(zip(rows.note, rows.coder, strict=True))

    def coder_of(self, name: str) -> tuple[str, str]:
        """The coder that a name stands for and nothing; or nothing, and what was expected."""
        name = name or self.default
        name = self.meanings.coders.get(name, name)
        if name not in self.known:
            self.known[name] = self._coder_of(name)
        return self.known[name]

    def _coder_of(self, name: str) -> tuple[str, str]:
        if not name:
            return "", "a coder: the file names none, so `--coder NAME` does"
        identity = name if name in self.roles else self.by_note.get(name) or plain_id(name)
        if self.roles.get(identity) == "adjudicated":
            expected = "a pass: the adjudicated set follows from the passes; `coders` of the "
            return "", f"{expected}mapping file gives it another name"
        if identity in self.roles and (identity == name or name in self.by_note):
            return identity, ""
        if not identity or identity in self.roles or any(r["coder"] == identity for r in self.rows):
            return (
                "",
                "a coder's name that is not yet taken; `coders` of the mapping file gives one",
            )
        # What is decided in a case is not undone by one more pass.
        role = "apart" if "adjudicated" in self.roles.values() else "pass"
        note = name if name != identity else ""
        self.rows.append({"coder": identity, "coder_role": role, "note": note})
        return identity, ""
