"""REPLICATION.md: what a replicator needs, after the template of the social science data editors.

- `documents`: what README, front page and brief say, as plain text, and the numbers in it
- `sources`: where the numbers come from: each source with its tables, its program and its words
- `numbers`: which words with a number the documents print; whether any number is in no list
- `programs`: which notebook and helpers make a table or a figure
- `seeds`: every seed with its file and line
- `ran`: what a run hands over besides the case and its tables
- `package`: all of it as one text; it calls the others

A room that prints a new number in one of the three documents names it in `sources`, or in
`fixed.csv` where the program holds it; a project has `docs/numbers.csv` for what its own README
says by hand.
"""
