"""The few verbs a person types: `dispute check`, `dispute refresh`."""
import argparse
import sys
from pathlib import Path

from helpers import case

def main(arguments=None):
    """Run a verb; returns the exit status: 0 all well, 1 a notebook failed, 2 the input or the call is wrong."""
    parser = argparse.ArgumentParser(prog="dispute", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    checking = verbs.add_parser("check", help="check a case folder; tell every problem with file and row")
    checking.add_argument("case_dir", nargs="?", default="data/raw", metavar="CASE")
    refreshing = verbs.add_parser("refresh", help="run notebooks with their own parameters and keep the outputs in them; renew the README's dictionary")
    refreshing.add_argument("notebooks", nargs="*", default=None, metavar="NOTEBOOK", help="default: notebooks/*.ipynb and tests/*.ipynb")
    given = parser.parse_args(arguments)
    return check(given.case_dir) if given.verb == "check" else refresh(given.notebooks)


def check(case_dir):
    problems = case.check(case_dir)
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} problem{'' if len(problems) == 1 else 's'} in {case_dir}", file=sys.stderr)
        return 2
    found = case.load(case_dir)
    print(f"{case_dir}: {len(found.articles)} articles, {len(found.statements)} statements, {len(found.event_mentions)} event mentions, {len(found.relations)} relation mentions: no problem")
    return 0


def refresh(paths):
    from helpers import notebooks, schema  # papermill is slow to import, and the other verbs do not need it
    for path in [Path(p) for p in paths] or sorted([*Path("notebooks").glob("*.ipynb"), *Path("tests").glob("*.ipynb")]):
        print(f"running {path} …", flush=True)
        try:
            executed = notebooks.execute(path, {}, Path(".cache/refresh") / path.stem, Path("reports/failed"))
        except notebooks.NotebookError as error:
            print(error, file=sys.stderr)
            return 1
        except (ValueError, OSError) as error:
            print(error, file=sys.stderr)
            return 2
        schema.replace(path, notebooks.as_bytes(executed))
    readme, made = Path("README.md"), schema.load("data/processed").get("findings")
    text = _renewed(readme.read_text(encoding="utf-8"), "dictionary", schema.dictionary())
    if made is not None:
        text = _renewed(text, "findings", "".join(f"- {sentence}\n" for sentence in made.sentence))
    schema.replace(readme, text.encode())
    return 0


def _renewed(text, name, content):
    """The text with what stands between the two marks of a made part renewed."""
    head, begin, rest = text.partition(f"<!-- {name}: made by `make refresh` -->\n")
    _, end, tail = rest.partition(f"<!-- end of {name} -->")
    return head + begin + content + end + tail
