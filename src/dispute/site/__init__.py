"""The site: a checked case and its tables become pages that lead from every number to its words.

The rooms, each of which asks only those above it:

- `passages`: the coded units as records to quote, and which of them stand behind an edge
- `places`: pages parted by weight, and the address of each thing on them
- `svg`: figures as text; a table of marks in, one SVG element out
- `lookups`: what the pages ask of a case by name; who said what
- `state`: by what the views are filtered, and what of it each mark and row carries
- `networks`, `ties`: the networks in words; their edges, which of them are shown, how they read
- `panels`: what a view shows of an actor that is chosen
- `events`, `stances`, `figures`: the rows of the chronology, the stance table and the figures
- `story`: the sentences of the answer and of the story, and what stood in the days of a step
- `sections`: what the pages that grow are made of, with the weight of each item
- `prose`, `notebook`, `references`: Markdown, an executed notebook, and BibLaTeX
- `cite`: how the report, a page, a figure and a passage are cited
- `search`: the index of passages, people and pages, in small files
- `shell`: the templates filled, in the frame of all pages
- `kept`: which pages of an earlier site are still right
- `pages`: which pages there are, and every file of the site

No room reads or writes a file: `dispute.run.products` hands them the tables and writes the pages.
"""
