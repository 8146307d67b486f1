"""Reading: what the page gets of the case, an article and the codebook.

One coder's folder is read and no other, so that what another coded is never sent.
"""

from pathlib import Path
from typing import Any

from helpers.case.raw_case import read_raw_case
from helpers.case.schema import CODED, fields, optional


class Library:
    """What was read of the case."""

    def __init__(self, folder: Path, coder: str) -> None:
        self.raw, _ = read_raw_case(folder)
        self.coder = coder

    def articles(self) -> list[dict[str, Any]]:
        return [self.head(article) for article in self.raw.texts]

    def head(self, article: str) -> dict[str, Any]:
        frame = self.raw.tables["articles"]
        rows = frame[frame.article_id == article].to_dict("records")
        if not rows:
            return {}
        row = rows[0]
        return {"id": article, "title": row["title"], "publisher": row["publisher"],
          "published": row["published"], "share": 0.0, "counts": {}, "languages": row["language"].split(";")}

    def article(self, article: str) -> dict[str, Any]:
        head = self.head(article)
        if not head:
            return {}
        text = self.raw.texts[article]
        lines, start = [], 0
        for line in text.splitlines(keepends=True):
            lines.append([start, line.rstrip("\r\n")])
            start += len(line)
        rows = {}
        for unit in CODED.values():
            frame = self.raw.tables[unit.table]
            own = frame[(frame.coder == self.coder) & (frame.article_id == article)]
            rows[unit.table] = own.drop(columns="coder").to_dict("records")
        return head | {"version": "0", "lines": lines, "length": len(text), "rows": rows,
            "furniture": [[s.start, s.end] for s in self.raw.furniture[article]], "undo": "", "redo": "",
            "speakers": []}

    def codebook(self) -> dict[str, Any]:
        t = {n: f.to_dict("records") for n, f in self.raw.tables.items()}
        return {
            "actors": [{"id": a["actor_id"], "name": a["name"], "kind": a["kind"], "aliases": []} for a in t["actors"]],
            "issues": [{"id": i["issue"], "label": i["label"], "proposition": i["proposition"], "rules": [], "examples": []} for i in t["issues"]],
            "stances": t["stances"], "relation_types": t["relation_types"], "events": [], "rules": t["rules"],
            "columns": {u.table: [{"name": n, "meaning": f["description"], "type": f["type"], "values": f.get("enum", []), "required": n not in optional(u.table, "raw")} for n, f in fields(u.table, "raw").items()] for u in CODED.values()}}
