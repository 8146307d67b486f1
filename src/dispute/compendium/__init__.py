"""A compendium of one's own: all files of a new case, from what its author asked for.

- `wishes`: what was asked (title, question, languages, scale, coders), and every fault of it
- `shared`: the files that every compendium has alike: the notebooks, without outputs, and the lock
- `files`: all files of the new folder, by path; it calls the other two
- `template/`: what they are made from: Jinja templates, and the workflow as it is
- `template/scales`: the stance scales

A new file of a compendium is a new file in `template/` and nothing else.
"""
