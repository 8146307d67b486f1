"""The program around the helpers: it runs notebooks and publishes what comes of them.

- `cli`: the command `dispute`, one verb each; it calls all the rooms below.
- `run`: settings, steps kept by content, notebooks executed, a report published whole; it calls:
- `site`: the pages, from the tables, the texts and the executed notebooks.
- `brief`: a handout of four pages that leads into the site.
- `changes`: what differs between two reports.
- `exchange`: files for other programs, and from them: DNA, graphs, calendars, data package.
- `compendium`: all files of a case of one's own. `templates`: what pages and brief are filled into.
- `intake`: articles for a case, from addresses, files, lists and library exports.
- `proposing`: what rules, or a model, suggest that a coder might mark.
- `corpus`: the same rules over more articles than people can code, on Dask.
- `desk`: coding in the browser, by a server of its own.
- `exercise`: what a class codes, and how far it agrees. `messages`: other languages for its words.
- `editions`: a report and its data without the articles, and the way back.
- `dictionary`: what every column means, for the front page of the project. `api`: the pages of
  `helpers`, from its docstrings. `swhids`: the names of a release and its parts.

All of them take tables and figures from `helpers`, which knows nothing of them.
"""
