"""Words of a case: as Markdown that says only these words, as a line for a terminal, plurals."""

import unicodedata

# Letters and signs, by their category, of which nothing is seen.
BLANK_LETTERS = set("\u115f\u1160\u2800\u3164\uffa0")
SPELLED = "no one two three four five six seven eight nine ten".split()
# Languages by their tags; another is called by its tag.
LANGUAGES = dict(
    pair.split(" ", 1)
    for pair in (
        "af Afrikaans;am Amharic;ar Arabic;bg Bulgarian;bn Bengali;cs Czech;da Danish;de German;"
        "el Greek;en English;es Spanish;fa Persian;fi Finnish;fr French;gu Gujarati;ha Hausa;"
        "he Hebrew;hi Hindi;hu Hungarian;id Indonesian;ig Igbo;it Italian;ja Japanese;ki Kikuyu;"
        "ko Korean;lg Ganda;ln Lingala;luo Luo;ms Malay;my Burmese;nb Norwegian;ne Nepali;nl Dutch;"
        "no Norwegian;om Oromo;pa Punjabi;pl Polish;ps Pashto;pt Portuguese;ro Romanian;"
        "ru Russian;rw Kinyarwanda;si Sinhala;so Somali;sr Serbian;sv Swedish;sw Swahili;ta Tamil;"
        "te Telugu;th Thai;ti Tigrinya;tl Tagalog;tr Turkish;uk Ukrainian;und a language not known;"
        "ur Urdu;vi Vietnamese;wo Wolof;xh Xhosa;yo Yoruba;zh Chinese;zu Zulu"
    ).split(";")
)


def plain(text: object) -> str:
    """Text as Markdown that says only this text: what could be markup becomes its code point."""
    marks = r"""\`*_{}[]()<>#+-!|~$&:@^='".;/%,"""
    words = " ".join(str(text).split())
    return "".join(f"&#{ord(char)};" if char in marks else char for char in words)


def printable(text: object, width: int = 0) -> str:
    """Text on one line, as a terminal may get it.

    What does not print (line ends, escape sequences, marks that turn the order of words) stands as
    its escape, `\\x1b`. Where a width is given, the middle of a longer text is left out.
    """
    words = str(text)
    if width and len(words) > width:
        # What is escaped grows: no more is looked at than can be shown.
        words = words[: width // 2] + " … " + words[-width // 4 :]
    if words.isprintable():
        return words
    return "".join(char if char.isprintable() else _escaped(char) for char in words)


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def is_visible(text: str) -> bool:
    """Whether a reader sees anything of a text: a letter, a digit or a sign."""
    return any(
        unicodedata.category(char)[0] in "LNPS" and char not in BLANK_LETTERS for char in text
    )


def and_joined(names: list[str]) -> str:
    """Names in a row: `A`, `A and B`, `A, B and C`."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def says_that(names: list[str]) -> str:
    """How a claim begins: `A says that`, `A and B say that`."""
    return f"{and_joined(names)} {'says' if len(names) == 1 else 'say'} that"


def counted(number: int, noun: str) -> str:
    """A number and its noun, with the plural: `1 statement`, `2 statements`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def spelled(number: int) -> str:
    """A whole number as a word up to ten, in figures beyond."""
    return SPELLED[number] if 0 <= number < len(SPELLED) else str(number)


def languages(tags: str) -> str:
    """Languages in words, from their tags parted by ";": `English and Swahili`."""
    known = [LANGUAGES.get(tag.partition("-")[0].lower(), tag) for tag in tags.split(";") if tag]
    return and_joined(known)


def language_of(tags: str) -> str:
    """The tag of a text for a page: `mul`, as BCP 47 has it, where it is in several languages."""
    return "mul" if ";" in tags else tags
