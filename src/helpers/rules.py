"""Rules of a case that lie between its tables and its texts. Each adds its problems to the list it is given.

A cell that is None was not read (its column is missing, which is told already) and is not judged.
"""
from helpers import dates, schema
from helpers.schema import Problem, shown

CODED = {"statements": "statement_id", "event_mentions": "mention_id", "relations": "relation_id"}
UNITS = {"statement": "statements", "event-mention": "event_mentions", "relation": "relations"}


def anchor(frame, file, texts, furniture, problems):
    """Find every quote again in its article. Where start and end are empty and the quote stands once, they are filled in."""
    for row, (article, quote, start, end) in enumerate(frame[["article_id", "quote", "start", "end"]].itertuples(index=False, name=None), start=2):
        text = texts.get(article)
        if text is None or not quote:
            continue
        places = _places(text, quote)
        if not start and not end and start is not None and end is not None:
            if len(places) != 1:
                problems.append(Problem(file, row, "start", "nothing", f"a position: the quote stands {len(places)} times in {article}"))
                continue
            start = places[0]
            frame.at[row - 2, "start"], frame.at[row - 2, "end"] = str(start), str(start + len(quote))
        elif "" in (start, end):
            problems.append(Problem(file, row, "start + end", "only one of the two", "both, or neither where the quote stands once"))
            continue
        elif not (str(start).isdecimal() and str(end).isdecimal()):
            continue  # told as a fault of the cell
        start, end = int(start), int(end) if end else int(start) + len(quote)
        if text[start:end] != quote:
            if not places:
                problems.append(Problem(file, row, "quote", shown(quote), f"words of {article}, letter for letter"))
            else:
                where = " or ".join(f"{p}-{p + len(quote)}" for p in places)
                problems.append(Problem(file, row, "start + end", f"{start}-{end}", f"{where}, where the quote stands in {article}"))
            continue
        for first, last, what, _ in furniture.get(article, []):
            if start < last and first < end:
                problems.append(Problem(file, row, "quote", shown(quote), f"words of the article itself; {first}-{last} is {what} and is not coded"))


def _places(text, quote):
    found, at = [], text.find(quote)
    while at >= 0:
        found.append(at)
        at = text.find(quote, at + 1)
    return found


def date(frame, file, texts, problems):
    """A date and its basis go together; the words that give the date stand in the article."""
    for row, (article, value, basis, words) in enumerate(frame[["article_id", "date_edtf", "date_basis", "date_words"]].itertuples(index=False, name=None), start=2):
        if None not in (value, basis) and (value == "") != (basis == "undated"):
            problems.append(Problem(file, row, "date_basis", shown(basis), "a date, or the basis `undated`" if value == "" else "no date where the basis is `undated`"))
        if words and article in texts and words not in texts[article]:
            problems.append(Problem(file, row, "date_words", shown(words), f"words of {article}, letter for letter"))


def aliases(frame, file, texts, problems):
    for row, (alias, article) in enumerate(frame[["alias", "article_id"]].itertuples(index=False, name=None), start=2):
        if alias and article in texts and alias not in texts[article]:
            problems.append(Problem(file, row, "alias", shown(alias), f"a name as printed in {article}"))


def periods(frame, file, problems):
    spans = []
    for row, (name, value) in enumerate(frame[["period", "period_edtf"]].itertuples(index=False, name=None), start=2):
        if name in ("all", "unplaced"):
            problems.append(Problem(file, row, "period", shown(name), "another name: `all` is the whole time, `unplaced` what lies in no period"))
        try:
            lower, upper = dates.bounds(value or "")
        except ValueError:
            continue  # told as a fault of the cell
        problems += [Problem(file, row, "period_edtf", shown(value), f"days that are not in period {other} already") for other, (first, last) in spans if lower <= last and first <= upper]
        spans.append((name, (lower, upper)))


def adjudication(tables, file, problems):
    """Every unit of a pass has its decision; a decision names units that exist, and says why where it is not `agreed`."""
    roles = dict(zip(tables["coders"].coder, tables["coders"].coder_role))
    frame = tables["adjudication"]
    if frame.empty:
        return  # one coder alone: nothing to decide
    for unit, name in UNITS.items():
        units = tables[name]
        known = {role: set(units.loc[units.coder.map(roles) == role, CODED[name]]) for role in ("pass", "adjudicated")}
        named = set()
        for row, decided in enumerate(frame.itertuples(index=False), start=2):
            if decided.unit != unit:
                continue
            for column, role in (("pass_a", "pass"), ("pass_b", "pass"), ("adjudicated", "adjudicated")):
                value = getattr(decided, column)
                named.add(value)
                if value and value not in known[role]:
                    problems.append(Problem(file, row, column, shown(value), f"a unit of {name} ({role}){schema.nearest(value, known[role])}"))
            if decided.decision != "agreed" and not decided.note:
                problems.append(Problem(file, row, "note", "nothing", "the reason of the decision"))
        for missing in sorted((known["pass"] | known["adjudicated"]) - named, key=str):
            problems.append(Problem(file, 0, "", f"no row for {missing}", f"a decision on every unit of {name}"))
