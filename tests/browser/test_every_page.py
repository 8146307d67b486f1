"""Every page, on a wide and a narrow window, light and dark: nothing is missing, nothing comes from elsewhere, axe finds no fault."""

from importlib.resources import files

FIRST = """rows => {
  for (const many of document.querySelectorAll("tbody, ul, ol, svg g, svg, article > section, article > section > section"))
    [...many.children].slice(rows).forEach(child => child.closest("nav, header") || child.remove()) }"""


def faults(page, **options):
    found = page.evaluate(
        "options => axe.run(document, options)",
        {"preload": False, "resultTypes": ["violations"], **options},
    )
    return [
        f"{fault['id']}: {node['html'][:150]}"
        for fault in found["violations"]
        for node in fault["nodes"][:2]
    ]


def test_no_page_has_a_fault(opened, site):
    """All rules but contrast on each page at both widths. Contrast costs most and hangs on the style sheet alone: on the first rows of each list, light and
    dark, and of pages of one kind on every eighth."""
    page, found = opened(), []
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    pages = [path for path in sorted(site.rglob("*.html")) if "_static" not in path.parts]
    assert len(pages) > 20
    for number, path in enumerate(pages):
        name = path.relative_to(site).as_posix()
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(path.as_uri())
        page.evaluate(axe)
        without = {"rules": {"color-contrast": {"enabled": False}}}
        found += [f"{name}, wide: {fault}" for fault in faults(page, **without)]
        page.set_viewport_size({"width": 390, "height": 900})
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 390:
            found.append(f"{name} is {width} wide on a phone")
        page.evaluate(FIRST, 4)
        found += [f"{name}, narrow: {fault}" for fault in faults(page, **without)]
        for scheme in ("light", "dark") if path.parent == site or number % 8 == 0 else ():
            page.emulate_media(color_scheme=scheme)
            page.wait_for_function(
                "scheme => document.documentElement.dataset.theme === scheme", arg=scheme
            )
            found += [
                f"{name}, narrow, {scheme}: {fault}"
                for fault in faults(page, runOnly=["color-contrast"])
            ]
    assert found == [], "\n".join(found)
