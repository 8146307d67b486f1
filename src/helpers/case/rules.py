"""Rules of a case that lie between its tables and its texts. Each adds its problems to the list it is given.

A cell that is None was not read (its column is missing, which is told already) and is not judged.
"""

from helpers.case.problems import Problem, nearest, shown
from helpers.case.schema import CODED
from helpers.dates import edtf as dates


def anchor(frame, file, texts, furniture, problems):
    """Find every quote again in its article. Where start and end are empty and the quote stands once, they are filled in."""
    for row, (article, quote, start, end) in enumerate(
        frame[["article_id", "quote", "start", "end"]].itertuples(index=False, name=None), start=2
    ):
        text = texts.get(article)
        if text is None or not quote or None in (start, end):
            continue
        places = _places(text, quote)
        if start == end == "":
            if len(places) != 1:
                problems.append(
                    Problem(
                        file,
                        row,
                        "start",
                        "nothing",
                        f"a position: the quote stands {len(places)} times in {article}",
                    )
                )
                continue
            start, end = str(places[0]), str(places[0] + len(quote))
            frame.loc[row - 2, ["start", "end"]] = start, end
        elif not (start.isdecimal() and end.isdecimal()):
            problems.append(
                Problem(
                    file,
                    row,
                    "start + end",
                    f"{shown(start) if start else 'nothing'} and {shown(end) if end else 'nothing'}",
                    "two whole numbers from 0, or both empty",
                )
            )
            continue
        start, end = int(start), int(end)
        if text[start:end] != quote:
            if not places:
                problems.append(
                    Problem(
                        file, row, "quote", shown(quote), f"words of {article}, letter for letter"
                    )
                )
            else:
                where = " or ".join(f"{p}-{p + len(quote)}" for p in places)
                problems.append(
                    Problem(
                        file,
                        row,
                        "start + end",
                        f"{start}-{end}",
                        f"{where}, where the quote stands in {article}",
                    )
                )
            continue
        for first, last, what, _ in furniture.get(article, []):
            if start < last and first < end:
                problems.append(
                    Problem(
                        file,
                        row,
                        "quote",
                        shown(quote),
                        f"words of the article itself; {first}-{last} is {what} and is not coded",
                    )
                )


def _places(text, quote):
    found, at = [], text.find(quote)
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return found


def date(frame, file, texts, problems):
    """A date and its basis go together; the words that give the date stand in the article; a second reading has its reason."""
    if "alt_date_edtf" in frame:
        for row, (value, reason) in enumerate(
            frame[["alt_date_edtf", "alt_date_note"]].itertuples(index=False, name=None), start=2
        ):
            if None not in (value, reason) and (value == "") != (reason == ""):
                problems.append(
                    Problem(
                        file,
                        row,
                        "alt_date_note",
                        shown(reason) if reason else "nothing",
                        "the reason of the second reading"
                        if value
                        else "nothing, where there is no second reading",
                    )
                )
    for row, (article, value, basis, words) in enumerate(
        frame[["article_id", "date_edtf", "date_basis", "date_words"]].itertuples(
            index=False, name=None
        ),
        start=2,
    ):
        if None not in (value, basis) and (value == "") != (basis == "undated"):
            problems.append(
                Problem(
                    file,
                    row,
                    "date_basis",
                    shown(basis),
                    "a date, or the basis `undated`"
                    if value == ""
                    else "no date where the basis is `undated`",
                )
            )
        if words and article in texts and words not in texts[article]:
            problems.append(
                Problem(
                    file, row, "date_words", shown(words), f"words of {article}, letter for letter"
                )
            )


def number(frame, file, problems):
    """A number goes with the words that give it and with what it counts."""
    for row, (value, what, words) in enumerate(
        frame[["number", "number_of", "number_words"]].itertuples(index=False, name=None), start=2
    ):
        if None not in (value, what, words) and (
            (value == "") != (what == "") or (value and not words)
        ):
            column = "number" if value == "" else "number_of" if what == "" else "number_words"
            problems.append(
                Problem(file, row, column, "nothing", "number, number_of and number_words together")
            )


def aliases(frame, file, texts, problems):
    for row, (alias, article) in enumerate(
        frame[["alias", "article_id"]].itertuples(index=False, name=None), start=2
    ):
        if alias and article in texts and alias not in texts[article]:
            problems.append(
                Problem(file, row, "alias", shown(alias), f"a name as printed in {article}")
            )


def signs(relations, file, types, problems):
    """A relation has the sign of its kind, or a note that says why it has another."""
    usual = dict(zip(types.relation, types.sign))
    for row, (relation, sign, note) in enumerate(
        relations[["relation", "sign", "note"]].itertuples(index=False, name=None), start=2
    ):
        if None not in (sign, usual.get(relation)) and sign != usual[relation] and note == "":
            problems.append(
                Problem(
                    file,
                    row,
                    "sign",
                    shown(sign),
                    f"{usual[relation]} as {relation} has, or a note that says why not",
                )
            )


def periods(frame, file, problems):
    spans = []
    for row, (name, value) in enumerate(
        frame[["period", "period_edtf"]].itertuples(index=False, name=None), start=2
    ):
        if name in ("all", "unplaced"):
            problems.append(
                Problem(
                    file,
                    row,
                    "period",
                    shown(name),
                    "another name: `all` and `unplaced` have a meaning of their own",
                )
            )
        try:
            lower, upper = dates.bounds(value or "")
        except ValueError:
            continue  # told as a fault of the cell
        problems += [
            Problem(
                file,
                row,
                "period_edtf",
                shown(value),
                f"days that are not in period {other} already",
            )
            for other, (first, last) in spans
            if lower <= last and first <= upper
        ]
        spans.append((name, (lower, upper)))


def adjudication(tables, file, problems):
    """A decision names units that exist, and says why where it is not `agreed`. Every unit of the adjudicated set, and of each pass
    that the file covers (it names a unit of it), has its decision: a pass may be added and not be decided on yet.
    """
    roles = dict(zip(tables["coders"].coder, tables["coders"].coder_role))
    frame = tables["adjudication"]
    if frame.empty:
        return  # one coder alone: nothing to decide
    for unit, kind in CODED.items():
        units = tables[kind.table]
        known = {
            role: set(units.loc[units.coder.map(roles) == role, kind.id])
            for role in ("pass", "adjudicated")
        }
        named = set()
        for row, decided in enumerate(frame.itertuples(index=False), start=2):
            if decided.unit != unit:
                continue
            for column, role in (
                ("pass_a", "pass"),
                ("pass_b", "pass"),
                ("adjudicated", "adjudicated"),
            ):
                value = getattr(decided, column)
                named.add(value)
                if value and value not in known[role]:
                    problems.append(
                        Problem(
                            file,
                            row,
                            column,
                            shown(value),
                            f"a unit of {kind.table} ({role}){nearest(value, known[role])}",
                        )
                    )
            if decided.decision != "agreed" and not decided.note:
                problems.append(Problem(file, row, "note", "nothing", "the reason of the decision"))
        covered = set(units.loc[units[kind.id].isin(named), "coder"]) | {
            coder for coder, role in roles.items() if role == "adjudicated"
        }
        for missing in sorted(set(units.loc[units.coder.isin(covered), kind.id]) - named, key=str):
            problems.append(
                Problem(
                    file,
                    0,
                    "",
                    f"no row for {missing}",
                    f"a decision on every unit of {kind.table}",
                )
            )
