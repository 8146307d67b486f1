"""The brief: a handout of four A4 pages, typeset by Typst from the processed tables.

- `content` is all that is printed: it asks `sides`, `quotations`, `turning_points` and `accounts`.
- `addresses` leads from what is quoted to its page; `abbreviations` writes them out at first use.
- `typesetting` puts it into letters that the fonts have, draws the code to scan, and calls Typst.

The template holds the layout and the words that are true of every case. What is printed of a case
comes from here as plain strings, so that nothing in an article or a name is ever read as markup.
"""
