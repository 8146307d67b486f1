"""The closed edition: a coded corpus that can be deposited, cited and checked without its articles.

- `deposit` builds the report of a case with few words of its articles (`helpers.case` has the rule,
  `closed_edition`), closes the files of the case (`closing`), and looks at all that came of it
  (`shown_words`) before it puts the folder in its place.
- `opening` makes the case again of the closed files and the articles, byte for byte.
- `edits` is what both speak in: where a closed file differs from the open one, told by places in
  the articles.
"""
