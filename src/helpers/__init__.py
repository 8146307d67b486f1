"""What notebooks import: small rooms that take tables and texts and give tables, texts, figures.

A room calls those above it in this list, never one below, and never the program `dispute`.

- `words`: plurals, and the words of a case as Markdown that says only them.
- `dates`: what a date means, and the dates that a text names.
- `case`: a folder of articles and coding, read, checked and frozen; tables, written as described.
- `proposing`: which passages of an article report speech or stance, by rules; proposals, no codes.
- `analysis`: networks, chronology, stance tables, agreement and findings, each table in, table out.
- `change`: networks between any two variables, through time and in camps, table in, table out.
- `figures`: what draws: networks, timelines, matrices; it takes tables and decides nothing.
"""
