"""What a run is asked to do: `config.yaml` and the words of the command line, looked at before anything runs.

Every fault is a `schema.Problem`. `schema` is imported only where there is one to tell: pandas takes most of a second, and a run with nothing to do should not.
"""

import datetime
import math
from dataclasses import dataclass, field
from pathlib import Path

from dispute.run import notebooks
from helpers.case import yaml_strict as mappings

SHARED = {
    "case_dir": None,
    "coder": "adjudicated",
    "period": "all",
    "as_of": "",
}  # said once, for all notebooks; a case folder must be named
LIMITS = {"cell_seconds": 300, "notebook_seconds": 900}
ALONE = ["coder", "period"]  # of the shared ones, those that a notebook may have otherwise
BESIDE = {
    "requirements.lock": "the versions that a run depends on",
    "reports/source/conf.py": "the settings of the site",
    "reports/source/brief/brief.typ": "the template of the brief",
}
CITED = {
    "title": str,
    "version": str,
    "date-released": datetime.date,
    "authors": list,
}  # what the brief says of CITATION.cff


class Refused(ValueError):
    """Input that cannot be used. `problems` holds every fault."""

    def __init__(self, problems):
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Settings:
    """`shared` holds case_dir, coder, period and as_of; `own` the further parameters of each notebook; `limits` seconds; `books` the path of each notebook.

    `told` says where a value stands (config.yaml or `-p …`), by notebook (None: for all) and name.
    """

    shared: dict
    own: dict
    limits: dict
    books: dict
    config: str
    told: dict
    faults: list = field(default_factory=list)  # (place, name, found, expected), to become problems

    def parameters(self, book):
        """All parameters of one notebook, in the order it declares them, without `out_dir`."""
        given = {**self.shared, **self.own[book]}
        return {
            name: given[name] for name in notebooks.parameters(self.books[book]) if name in given
        }

    def flat(self):
        """Every value by its name on the command line, as text."""
        own = {
            f"{book}.{name}": repr(value)
            for book, values in self.own.items()
            for name, value in values.items()
        }
        return {name: repr(value) for name, value in {**self.shared, **self.limits}.items()} | own


def read(config="config.yaml", words=(), case_dir=None, folder="notebooks"):
    """The settings of a run: a YAML file, then `-p` words (`name=value`, `notebook.name=value`), then a case folder. Nothing is raised: look at `faults`."""
    faults, file = [], str(config)
    written = _mapping(config, file, faults)
    content = written or {}
    books = {
        path.stem: path
        for path in sorted(Path(folder).glob("*.ipynb"))
        if not path.name.startswith(".")
    }
    if not books:
        faults.append((str(folder), "", "no notebook", "notebooks NAME.ipynb"))
    faults += _beside()
    declared = {}
    for name, path in books.items():
        try:
            declared[name] = notebooks.parameters(path)
        except ValueError as error:
            faults.append(
                (
                    str(path),
                    "",
                    str(error).partition(": ")[2] or str(error),
                    "a notebook with one parameters cell",
                )
            )
    top = [*SHARED, *LIMITS, "notebooks"]
    faults += [
        (file, str(key), "an unknown name", _of(key, top)) for key in content if key not in top
    ]
    shared = {
        name: default if content.get(name) is None else content[name]
        for name, default in SHARED.items()
    }  # a line left empty says nothing
    limits = {name: content.get(name, default) for name, default in LIMITS.items()}
    own = {name: {} for name in books}
    given = content.get("notebooks") or {}
    if not isinstance(given, dict):
        faults.append(
            (
                file,
                "notebooks",
                repr(given),
                "a name of a notebook, and its parameters, on each line",
            )
        )
        given = {}
    for name, values in given.items():
        if name not in books:
            faults.append((file, f"notebooks.{name}", "no such notebook", _of(name, books)))
        elif not isinstance(values or {}, dict):
            faults.append((file, f"notebooks.{name}", repr(values), "`name: value` lines, or {}"))
        else:
            own[name] |= values or {}
    told = {
        **{(None, key): file for key in shared},
        **{(book, key): file for book in own for key in own[book]},
    }
    for word in words:
        _word(word, shared, limits, own, declared, told, faults)
    if case_dir is not None:
        shared["case_dir"] = str(case_dir)
    elif shared["case_dir"] is None and written is not None:
        faults.append((file, "case_dir", "nothing", "the folder of a case"))
    for name, value in limits.items():
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < 1e6:
            faults.append((told.get((None, name), file), name, repr(value), "seconds, more than 0"))
    shared = {
        name: None
        if value is None
        else _value(value, "str", told.get((None, name), file), name, {}, faults)
        for name, value in shared.items()
    }
    for book, values in own.items():
        for name, value in values.items():
            known = {
                key: kind
                for key, kind in declared.get(book, {}).items()
                if key != "out_dir" and (key not in SHARED or key in ALONE)
            }
            values[name] = _value(
                value,
                known[name][0] if name in known else None,
                told[book, name],
                f"notebooks.{book}.{name}",
                known,
                faults,
            )
    return Settings(shared, own, limits, books, file, told, faults)


def problems(settings):
    """Every problem of settings and of their case, sorted: the shape of the settings, the case folder, and values that the case or a helper does not know."""
    from helpers.case import load as case
    from helpers.case.problems import Problem

    found = [
        Problem(place, 0, "" if place.startswith("-p") else name, seen, expected)
        for place, name, seen, expected in settings.faults
    ]
    if not isinstance(settings.shared["case_dir"], str):
        return sorted(set(found))
    try:
        found += _against(settings, case.load(settings.shared["case_dir"]))
    except case.CaseError as error:
        found += error.problems
    return sorted(set(found))


def _against(settings, loaded):
    from helpers.analysis import networks, stances
    from helpers.case import load as case
    from helpers.case.problems import Problem, nearest

    choices = {
        "coder": ["all", *loaded.coders.coder],
        "measure_by": ["speaker", "on_behalf_of"],
        "normalisation": networks.NORMALISATIONS,
        "duplicates": networks.DUPLICATES,
        "periods_by": ["case", *stances.CALENDAR],
    }
    faulty, found = {(place, name) for place, name, _, _ in settings.faults}, []
    given = [(None, name, value) for name, value in settings.shared.items()] + [
        (book, name, value)
        for book, values in settings.own.items()
        for name, value in values.items()
    ]
    for book, name, value in given:
        file, place = settings.told[book, name], f"notebooks.{book}.{name}" if book else name
        if (file, place) in faulty:
            continue
        try:
            if name == "period":
                case.span(loaded, value)
            elif name == "as_of":
                case.as_of(loaded, value)
            elif name in choices and value not in choices[name]:
                raise ValueError(
                    f"{value!r}: expected one of {', '.join(choices[name])}{nearest(value, choices[name])}"
                )
            elif (
                isinstance(value, (int, float))
                and not isinstance(value, bool)
                and not (math.isfinite(value) and value >= 0)
            ):
                raise ValueError(f"{value!r}: expected a number that is not negative")
        except ValueError as error:
            seen, _, expected = str(error).partition(": expected ")
            found.append(
                Problem(
                    file,
                    0,
                    "" if file.startswith("-p") else place,
                    seen.removeprefix(f"{name} "),
                    expected,
                )
            )
    return found


def _mapping(path, file, faults):
    """What a YAML file says; None, with the fault told, where it cannot be read as `name: value` lines."""
    content, found = mappings.read(path)
    if content is None:
        faults.append((file, "", found, "a YAML file of `name: value` lines"))
    return content


def _beside():
    """The faults of what a run needs and no setting names."""
    faults = [
        (name, "", "no such file", meaning)
        for name, meaning in BESIDE.items()
        if not Path(name).is_file()
    ]
    cited = _mapping("CITATION.cff", "CITATION.cff", faults)
    if cited is not None:
        faults += [
            (
                "CITATION.cff",
                name,
                repr(cited.get(name)),
                f"{kind.__name__} (how to cite this: the brief prints it)",
            )
            for name, kind in CITED.items()
            if not (cited.get(name) and isinstance(cited[name], kind))
        ]
        faults += [
            ("CITATION.cff", "authors", repr(author), "`name`, or `given-names` and `family-names`")
            for author in cited.get("authors") or []
            if not isinstance(author, dict)
        ]
    return faults


def _word(word, shared, limits, own, declared, told, faults):
    """Take in one `-p` word; its value is read as the type that the parameter has."""
    name, equals, value = word.partition("=")
    book, dot, parameter = name.rpartition(".")
    place = f"-p {name}"
    if not equals or not parameter:
        faults.append(
            (f"-p {word}", "", "no `name=value`", "-p name=value or -p notebook.name=value")
        )
    elif not dot and parameter in LIMITS:
        limits[parameter], told[None, parameter] = _read(value, "float"), place
    elif not dot and parameter in shared:
        shared[parameter], told[None, parameter] = value, place
    elif not dot:
        faults.append(
            (place, "", "an unknown name", _of(parameter, [*SHARED, *LIMITS, "notebook.name"]))
        )
    elif book not in own:
        faults.append((place, "", "no such notebook", _of(book, own)))
    else:
        own[book][parameter], told[book, parameter] = (
            _read(value, declared.get(book, {}).get(parameter, ("str",))[0]),
            place,
        )


def _read(text, kind):
    """A word as the type it should have; as it stands where it cannot be read so."""
    try:
        return {"int": int, "float": float, "bool": {"true": True, "false": False}.__getitem__}.get(
            kind, str
        )(text.lower() if kind == "bool" else text)
    except (ValueError, KeyError):
        return text


def _value(value, kind, place, name, known, faults):
    """A value checked against the type that is declared. YAML makes a number of a year and a date of a day: where a text is wanted they are one."""
    if kind is None:
        faults.append(
            (place, name, "a parameter that cannot be set here", _of(name.split(".")[-1], known))
        )
        return value
    if (
        kind == "str"
        and isinstance(value, (int, datetime.date))
        and not isinstance(value, (bool, datetime.datetime))
    ):
        return str(value)
    if not isinstance(value, notebooks.TYPES[kind]) or (isinstance(value, bool) and kind != "bool"):
        faults.append((place, name, f"{value!r} ({type(value).__name__})"[:120], kind))
    return value


def _of(name, choices):
    import difflib

    close = difflib.get_close_matches(str(name), list(map(str, choices)), n=1)
    return f"one of {', '.join(map(str, choices))}" + (
        f" (did you mean {close[0]}?)" if close else ""
    )
