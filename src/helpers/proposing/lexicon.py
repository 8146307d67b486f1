"""The lexicon: the words of `lexicon.yaml` as tables, and which word is a verb of saying.

A verb of saying is found by its form: an English one is looked up, a Swahili one is taken apart
into subject, tense and stem.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from typing import Any, NamedTuple

import yaml

LEXICON: dict[str, Any] = yaml.safe_load(
    files("helpers.proposing").joinpath("lexicon.yaml").read_text(encoding="utf-8")
)
# Lists of words, by their names in the file.
WORDS: dict[str, frozenset[str]] = {
    name: frozenset(words)
    for name, words in LEXICON.items()
    if isinstance(words, list) and isinstance(words[0], str)
}
for _name in ("persons", "bodies", "groups"):
    WORDS[_name] |= WORDS[f"{_name}_swahili"]


# Verbs of one short syllable double their last letter: slam, slammed.
SHORT = re.compile("(?:qu|[^aeiou])*[aeiou][bdgmnprt]")


class Verb(NamedTuple):
    """A form of a verb, or a state, that says what somebody does with what is said.

    `does`: say, claim, ask, support, reject, blame, question, or happening. `form`: base, s, past,
    participle, ing, state; of a Swahili verb its tense. `rest`: the words that belong to it behind
    the first. `who`: he, they or it, where a Swahili verb says who. `swahili`: whether it is one;
    `to_whom`: whether it says to whom (`alimtaka`), so that a name behind it is no subject.
    """

    base: str
    does: str
    form: str
    rest: tuple[str, ...] = ()
    who: str = ""
    swahili: bool = False
    to_whom: bool = False


def _forms(entry: str) -> Iterator[tuple[str, str]]:
    """The forms of an English verb as they are listed: pairs of the words and the form's name."""
    base, *irregular = (part.strip() for part in entry.split("/"))
    first, _, rest = base.partition(" ")
    behind = f" {rest}" if rest else ""
    yield base, "base"
    yield _third(first) + behind, "s"
    yield _ing(first) + behind, "ing"
    past, participle = irregular or (_past(first) + behind, _past(first) + behind)
    yield past, "past"
    if participle != past:
        yield participle, "participle"


def _third(verb: str) -> str:
    if re.search("[^aeiou]y$", verb):
        return verb[:-1] + "ies"
    return verb + ("es" if re.search("(?:s|sh|ch|x|z|o)$", verb) else "s")


def _doubled(verb: str) -> str:
    return verb + verb[-1] if SHORT.fullmatch(verb) or verb in WORDS["doubles"] else verb


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    return verb[:-1] + "ied" if re.search("[^aeiou]y$", verb) else _doubled(verb) + "ed"


def _ing(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith(("ee", "oe")):
        return verb[:-1] + "ing"
    return _doubled(verb) + "ing"


def _english(verbs: dict[str, Sequence[str]]) -> dict[str, list[Verb]]:
    """Verbs by their first word, those of more words first."""
    found: dict[str, list[Verb]] = {}
    for does, entries in verbs.items():
        for entry in entries:
            base = entry.partition("/")[0]
            for words, form in _forms(entry):
                first, *rest = words.split()
                found.setdefault(first, []).append(Verb(base, does, form, tuple(rest)))
    return {first: _longest_first(verbs) for first, verbs in found.items()}


def _longest_first(verbs: Iterable[Verb]) -> list[Verb]:
    return sorted(
        verbs, key=lambda verb: (-len(verb.rest), verb.does == "weak", verb.form != "past")
    )


@cache
def english_verbs() -> dict[str, list[Verb]]:
    """The verbs and states of saying by their first word."""
    found = _english(LEXICON["english"])
    for entry, does in _states():
        first, *rest = re.findall(r"\w+", entry)
        found.setdefault(first, []).append(Verb(entry, does, "state", tuple(rest)))
    return {first: _longest_first(verbs) for first, verbs in found.items()}


@lru_cache(20_000)
def verbs_before(first: str, second: str) -> list[Verb]:
    """The verbs and states that begin with a word and go on with another, or with none: those of
    more words first. There are a hundred that begin with `is`."""
    found = english_verbs().get(first, ())
    return [verb for verb in found if not verb.rest or verb.rest[0] == second]


OTHER_SIDE = {"reject": "support", "support": "reject"}


def _states() -> Iterator[tuple[str, str]]:
    """What is no verb and takes a side, each with what it does: is against, is not opposed to."""
    for does, entries in LEXICON["states"].items():
        for entry in entries:
            yield entry, does
    listed = ((does, entry) for does, entries in LEXICON["is"].items() for entry in entries)
    for be, (does, entry) in product(LEXICON["forms_of_is"], listed):
        first, *rest = be.split()
        yield f"{be} {entry}", does
        if does in OTHER_SIDE:
            yield " ".join([first, "not", *rest, entry]), OTHER_SIDE[does]


@cache
def happenings() -> dict[str, list[Verb]]:
    """The English verbs of a happening by their first word, past forms only.

    What they do is `happening`, or `weak` where a time or place has to be told.
    """
    listed = LEXICON["happenings"]
    found = _english({"happening": listed["english"], "weak": listed["weak"]})
    past: dict[str, list[Verb]] = {}
    for first, verbs in found.items():
        if kept := [verb for verb in verbs if verb.form in ("past", "participle")]:
            past[first] = kept
    return past


@cache
def undoing() -> frozenset[str]:
    """The words that say that something is undone: closed, scrapped, withdrawal."""
    forms = (words for entry in LEXICON["undoes"] for words, _ in _forms(entry))
    return frozenset(forms) | WORDS["undone"]


# ---- Swahili


class _Stem(NamedTuple):
    """A Swahili stem with what it does and the words that follow it."""

    does: str
    rest: tuple[str, ...]


def _stems(verbs: dict[str, Sequence[str]]) -> dict[str, list[_Stem]]:
    found: dict[str, list[_Stem]] = {}
    for does, entries in verbs.items():
        for entry in entries:
            first, *rest = entry.split()
            found.setdefault(first, []).append(_Stem(does, tuple(rest)))
    return {
        first: sorted(stems, key=lambda stem: -len(stem.rest)) for first, stems in found.items()
    }


def _passive(stem: str) -> str:
    """The passive of a Swahili stem: pinga, pingwa; kataa, kataliwa; kosoa, kosolewa."""
    if stem.endswith(("aa", "ea", "oa", "ua", "ia")):
        ends = {"aa": "liwa", "ua": "liwa", "oa": "lewa"}
        return stem[:-1] + ends.get(stem[-2:], "wa")
    if stem.endswith("a"):
        return stem[:-1] + "wa"
    return (stem[:-1] + "i" if stem.endswith("u") else stem) + "wa"


SAYING_STEMS = _stems(LEXICON["swahili"])
PASSIVE_STEMS = {_passive(stem): stems for stem, stems in SAYING_STEMS.items()}
HAPPENING_STEMS = _stems({"happening": LEXICON["happenings"]["swahili"]})
_OBJECT = "(?P<object>m|mw|mu|wa|ku|ni|tu|i|u|li|ya|zi|ki|vi)?"
# Of these the ones that mean people.
PERSONS = frozenset({"m", "mw", "mu", "wa", "tu", "ni"})


def _shape(stems: Iterable[str]) -> re.Pattern[str]:
    listed = "|".join(sorted(map(re.escape, stems), key=lambda stem: (-len(stem), stem)))
    denied = "|".join(sorted(LEXICON["swahili_negatives"], key=len, reverse=True))
    subjects = "|".join(sorted(LEXICON["swahili_subjects"], key=len, reverse=True))
    return re.compile(
        f"(?:(?P<denied>{denied})|(?P<who>{subjects})(?P<tense>li|me|na|ki|ka|ta)?)"
        f"{_OBJECT}(?:ku)?(?P<stem>{listed})"
    )


_SAYING, _HAPPENING = _shape(SAYING_STEMS), _shape(HAPPENING_STEMS)
_PASSIVE = _shape(PASSIVE_STEMS)


@lru_cache(20_000)
def swahili_verbs(word: str, happening: bool = False) -> tuple[Verb, ...]:
    """The verbs of saying (or of a happening) that a Swahili word may be; mostly none."""
    if len(word) > 30:
        return ()
    found = (_HAPPENING if happening else _SAYING).fullmatch(word)
    if found is None and word.startswith("ha") and word.endswith("i"):
        # Where the present is denied, a verb in -a ends in -i: hapingi, hakubaliani.
        return swahili_verbs(word[:-1] + "a", happening)
    if found is None:
        return () if happening else _passives(word)
    tense = found["tense"] or ("denied" if found["denied"] else "now")
    if happening and tense not in ("li", "me", "ka"):
        return ()
    who = LEXICON["swahili_subjects"].get(found["who"] or "", "either")
    if found["denied"] and found["denied"].startswith("hawa"):
        who = "they"
    stems = (HAPPENING_STEMS if happening else SAYING_STEMS)[found["stem"]]
    to_whom = found["object"] in PERSONS
    return tuple(
        Verb(found["stem"], stem.does, tense, stem.rest, who, True, to_whom) for stem in stems
    )


def _passives(word: str) -> tuple[Verb, ...]:
    """The passive verbs of saying that a Swahili word may be: ilipingwa."""
    found = _PASSIVE.fullmatch(word)
    if found is None or found["tense"] not in ("li", "me", "na", "ki", "ka"):
        return ()
    stems = PASSIVE_STEMS[found["stem"]]
    return tuple(Verb(found["stem"], one.does, "passive", one.rest, "", True) for one in stems)


# ---- phrases


@cache
def phrases(name: str) -> dict[str, list[tuple[str, ...]]]:
    """The phrases of a list by their first word, the longest first; apostrophes part words."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in LEXICON[name]:
        words = tuple(re.findall(r"\w+", phrase.lower()))
        found.setdefault(words[0], []).append(words)
    return {first: sorted(listed, key=len, reverse=True) for first, listed in found.items()}


@lru_cache(20_000)
def office(word: str) -> str:
    """The first of the words that name one office, for any of them; the word itself else."""
    one = word[:-1] if word.endswith("s") and word[:-1] in WORDS["persons"] else word
    for words in LEXICON["same_office"]:
        if one in words:
            return words[0]
    return one
