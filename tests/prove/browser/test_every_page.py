"""Every page, on a wide and a narrow window, light and dark.

Nothing is missing, nothing comes from elsewhere, axe finds no fault.
"""

from importlib.resources import files

from site_files import astray

# Keep the first rows of each list, table and figure; leave the menus whole.
FIRST = """rows => {
  const lists = "tbody, ul, ol, svg g, svg, main";
  for (const list of document.querySelectorAll(lists))
    [...list.children].slice(rows).forEach(
      child => child.closest("nav, header") || child.remove());
}"""
OPEN_ALL = "document.querySelectorAll('details').forEach(fold => { fold.open = true; })"
WITHOUT_CONTRAST = {"rules": {"color-contrast": {"enabled": False}}}
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 900}


def faults(page, **options):
    """What axe finds wrong, two places of each fault."""
    report = page.evaluate(
        "options => axe.run(document, options)",
        {"preload": False, "resultTypes": ["violations"], **options},
    )
    for fault in report["violations"]:
        for node in fault["nodes"][:2]:
            yield f"{fault['id']}: {node['html'][:150]}"


def faults_of_colour(page, scheme):
    """What axe finds wrong with the contrast of a page, light or dark."""
    page.emulate_media(color_scheme=scheme)
    return faults(page, runOnly=["color-contrast"])


def test_a_reader_comes_to_each_file(site):
    assert astray(site) == []


def test_no_page_has_a_fault(opened, site):
    """All rules but contrast, on each page at both widths, with all that is folded opened.

    Contrast costs most and hangs on the style sheet alone. It is looked at on the first rows of
    each list, light and dark.
    """
    page, every = opened(), []
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 20
    for path in pages:
        name = path.relative_to(site).as_posix()
        page.set_viewport_size(WIDE)
        page.goto(path.as_uri())
        page.evaluate(axe)
        page.evaluate(OPEN_ALL)
        every += [f"{name}, wide: {fault}" for fault in faults(page, **WITHOUT_CONTRAST)]
        page.set_viewport_size(NARROW)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > NARROW["width"]:
            every.append(f"{name} is {width} wide on a phone")
        page.evaluate(FIRST, 4)
        every += [f"{name}, narrow: {fault}" for fault in faults(page, **WITHOUT_CONTRAST)]
        for scheme in ("light", "dark"):
            every += [f"{name}, {scheme}: {fault}" for fault in faults_of_colour(page, scheme)]
    assert every == [], "\n".join(every)
