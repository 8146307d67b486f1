"""A case: a folder of articles, codebook and coding, read, checked and frozen.

One imports from `load` (a case), `schema` (its tables' description) and `tables` (results). Inside:

- `load` calls `folder` (where it is, stray links), `metadata` (title, authors,
  default coder; `licences`) and `raw_case`.
- `raw_case` calls `articles` (texts, sidecars; by `yaml_rows`, `yaml_strict`; `furniture`),
  `raw_tables` (CSV files; `table_forms` knows those that are none), `coder_folders` and `proposers`
  (who proposes; `proposal_rules` says what should hold of it).
- `adjudication` computes the adjudicated set from the passes (`pairing`) and the `decisions`
  (`decided_fields`, `decision_rules`); `adjudication_sheet` writes what is undecided and takes it
  back; `migration` brings a case of the earlier layout over, `withdrawal` takes an article out.
- `cells`, `anchors`, `rules`, `bindings` (of findings), `sentences` (on findings, by `free_words`)
  and `sample_rules` judge it: a rule is one function, named by what should hold.
- `model` is the `Case` that comes of it; `selection` gives a part of it, by day, coder or period;
  `parts` leaves out what a notebook does not need.
- `drawn_sheets` lays out what was drawn for people to code, and reads what they filled in;
  `blank_case` is the same for the desk, without anything coded; `spreadsheets` keeps what people
  open in a spreadsheet from being a formula there.
- `suggestions` counts what coders found missing as rows of the codebook; `edited_rows` changes a
  row of a raw table and no other.
- `additions` makes a case of rows and articles, or puts them into one that is there; `joining`
  takes those of coders who worked in clones of their own.
- `closed_edition` shows few words of the articles, by `article_words`, where a case says so.
- `tables` writes and reads the processed tables, by `cells`, `files` and `table_files`; `owners`
  says whose a file is that may not be written.
- What they tell is near by `spelling` (names), `near_passages` and `copies` (words of an article).
- All of them ask `schema` which columns there are, and tell a fault as a `Problem` of `problems`;
  what is likely not meant is a `Doubt` of `doubts`.
"""
