"""The site: a checked case and its tables become pages that lead from every number to its words.

The rooms, each of which asks only those above it:

- `passages`: the coded units as records to quote, and which of them stand behind an edge or a cell.
- `svg`: figures as text; a table of marks in, one SVG element out.
- `explore`: what the pages show of a case, and the rows of the figures, each with link and title.
- `pages`: fills the templates and hands back the sources of all pages for Sphinx to read.

No room reads or writes a file: `dispute.run.products` hands them the tables and writes the pages.
"""
