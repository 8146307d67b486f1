"""Files such as people have them, made for the tests: exports, PDF, rich text, pages."""

import io

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} | Norvale Times
</title><meta property="og:title" content="{title}"><meta property="og:site_name"
content="Norvale Times">{meta}</head><body><nav><a href="/">Home</a> <a href="/sea">Sea</a></nav>
<article><h1>{title}</h1>{above}{body}</article><footer>About us. Terms of use.</footer></body>
</html>"""


def page(title, paragraphs, meta="", above=""):
    """A page of a paper, as HTML."""
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return PAGE.format(title=title, meta=meta, above=above, body=body).encode()


def word_file(document):
    """The bytes of a Word document."""
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def article(headline, body, paper="The Skerry Post(Havn)", day="July 1, 2019 Monday", **more):
    """What an export has of an article; `labels` and `below` are pairs, `body` paragraphs."""
    return {"headline": headline, "body": body, "paper": paper, "day": day, **more}


def export(articles, n_documents=None, query='"Cape Skerry" AND lamp'):
    """An export of Nexis Uni in DOCX, in the form that a real one has."""
    document = docx.Document()
    documents = len(articles) if n_documents is None else n_documents
    document.add_paragraph("Date and\u00a0Time: Friday, 5. July 2019 09:31:00 CEST")
    document.add_paragraph("Job Number: 1234567")
    document.add_paragraph(f"Documents ({documents})")
    for number, one in enumerate(articles, start=1):
        listed = document.add_paragraph(f"{number}. ")
        _link(listed, one["headline"][:30] + "; an abstract")
        document.add_paragraph("Client/Matter: -None-")
        document.add_paragraph(f"Search Terms:\u00a0{query}")
        document.add_paragraph("Search Type: Terms and Connectors")
        document.add_paragraph("Narrowed by:")
        table = document.add_table(rows=1, cols=2)
        table.cell(0, 0).text, table.cell(0, 1).text = "Content Type", "News"
    _end_section(document)
    for number, one in enumerate(articles):
        _add_article(document, number, one)
    return word_file(document)


def export_of_one(one):
    """An export that holds one article and nothing else: no cover, no bookmark before it."""
    document = docx.Document()
    _add_article(document, 0, one, marked=False)
    return word_file(document)


def _add_article(document, number, one, marked=True):
    if marked:
        _bookmark(document.add_paragraph(), f"Bookmark_{number + 1}", number)
    _bold(document.add_paragraph(), one["headline"])
    document.add_paragraph(one["paper"])
    day = document.add_paragraph(one["day"]) if one["day"] else None
    if one.get("copyright"):
        run = (day or document.add_paragraph()).add_run()
        run.add_break()
        run.add_text(one["copyright"])
    for label, words in one.get("labels", []):
        paragraph = document.add_paragraph()
        _bold(paragraph, label)
        paragraph.add_run(words)
    if one["body"]:
        suffix = f"_{number - 1}" if number else ""
        start = document.add_paragraph()
        _bookmark(start, f"Body{suffix}", 1000 + number)
        _bold(start, "Body")
        document.add_paragraph()
    for words in one["body"]:
        run = document.add_paragraph().add_run()
        lines = words.split("\n")
        for place, line in enumerate(lines):
            run.add_text(line)
            if place < len(lines) - 1:
                run.add_break()
    for label, words in one.get("below", []):
        paragraph = document.add_paragraph()
        _bold(paragraph, label)
        paragraph.add_run(words)
    last = document.add_paragraph().add_run()
    last.add_break()
    last.add_text(one.get("end", "End of Document"))
    _end_section(document)


def _bold(paragraph, words):
    paragraph.add_run(words).bold = True


def _bookmark(paragraph, name, number):
    for kind in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(kind)
        mark.set(qn("w:id"), str(number))
        if kind == "w:bookmarkStart":
            mark.set(qn("w:name"), name)
        paragraph._p.append(mark)


def _link(paragraph, words):
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), "Bookmark_1")
    run = paragraph.add_run(words)
    link.append(run._r)
    paragraph._p.append(link)


def _end_section(document):
    document.add_section()


def pdf(pages):
    """A PDF of lines of text on pages."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for number, lines in enumerate(pages):
        shown = "".join(f"({line}) Tj T* " for line in lines)
        stream = f"BT /F1 12 Tf 72 720 Td 14 TL {shown}ET"
        fonts = "/Resources << /Font << /F1 3 0 R >> >>"
        content = f"/Contents {5 + 2 * number} 0 R"
        box = "/MediaBox [0 0 612 792]"
        objects.append(f"<< /Type /Page /Parent 2 0 R {fonts} {box} {content} >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    made, places = b"%PDF-1.4\n", []
    for number, words in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n{words}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return made + end.encode()


def rich_text(lines):
    """A rich text file of some lines."""
    body = "".join(f"{line}\\par\n" for line in lines)
    return f"{{\\rtf1\\ansi\\deff0 {{\\fonttbl {{\\f0 Times;}}}}\n{body}}}".encode("cp1252")
