"""The case and its articles as references for a reference manager."""

from helpers.case.load import Case

# What TeX reads as a command, and how it is written as a character.
TEX = str.maketrans(
    {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    | {"<": r"\textless{}", ">": r"\textgreater{}"}
    | {character: "\\" + character for character in "{}%&#_$"}
)


def bibtex(case: Case) -> str:
    """The case and its articles as BibLaTeX entries; `date` is EDTF, which BibLaTeX reads."""
    entries = [
        entry(
            "dataset",
            "report",
            title=tex(case.title),
            subtitle=tex(case.subtitle),
            author=" and ".join("{" + tex(author) + "}" for author in case.authors),
            date=case.year,
            version=tex(case.version),
            url=case.address,
        )
    ]
    for article in case.articles.sort_values("article_id").itertuples():
        entries.append(
            entry(
                "article",
                article.article_id,
                title="{" + tex(article.title) + "}",
                journaltitle=tex(article.publisher),
                date=article.published,
                language=tex(article.language),
                note=tex("Date: " + article.published_basis),
            )
        )
    return "\n".join(entries)


def entry(kind: str, key: str, **values: str) -> str:
    """An entry of BibLaTeX; an empty value is left out."""
    lines = [f"  {name} = {{{value}}},\n" for name, value in values.items() if value]
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


def tex(text: str) -> str:
    """Text on one line, with what TeX would read as a command escaped."""
    return " ".join(str(text).split()).translate(TEX)
