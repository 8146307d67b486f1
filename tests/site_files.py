"""Which files of a site no reader comes to: `astray(folder)`.

A reader comes to a file by links that begin on the front page, or because the script fetches it.
"""

import posixpath
import re
from urllib.parse import unquote, urldefrag

# What a site is made of. Templates, build leftovers and maps of code are of no such kind.
KINDS = {".html", ".css", ".js", ".png", ".csv", ".gz", ".json", ".ipynb", ".pdf"}
KINDS |= {".gexf", ".graphml", ".dl", ".ics", ".jsonld", ".atom", ".bib"}
# What the script fetches: the names of people, a panel for each, the search.
FETCHED = re.compile(r"people\.js|people/[^/]+\.js|search/(directory|terms-\d+|texts-\d+)\.js")
REFERENCE = re.compile(r'\b(?:href|src|action|data-people)="([^"]*)"')


def astray(site):
    """The files that nobody comes to, or that are of no known kind, sorted."""
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    reached, ahead = set(), {"index.html"}
    while ahead:
        reached |= ahead
        pages = {name for name in ahead if name.endswith(".html")}
        ahead = {link for page in pages for link in links(site, page)} & names - reached
    fetched = {name for name in names if FETCHED.fullmatch(name)}
    known = {name for name in reached | fetched if posixpath.splitext(name)[1] in KINDS}
    return sorted(names - known)


def links(site, page):
    """The files that a page leads to, by their paths from the root of the site."""
    text = (site / page).read_text(encoding="utf-8")
    for reference in REFERENCE.findall(text):
        path = unquote(urldefrag(reference)[0]).partition("?")[0]
        yield posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
