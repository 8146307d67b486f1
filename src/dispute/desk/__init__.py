"""The desk: one coder codes articles in the browser; passes are settled and the codebook is kept.

- `server`: a Jupyter server of its own, with nothing but the desk
- `handlers`: one class a page, each thin; `api`: one class an address of data
- `reading`: what the page gets of the case, an article, the codebook; never another coder's rows
- `room`: the desk that all handlers ask; `seating`: whose it is; `sent`: what a page says
- `tables`: a coder's tables in memory and as bytes
- `sitting`: one coder's rows in memory: steps, undo, redo, version
- `journal`: steps on the disk before they count as saved; tables written whole
- `checking`: the rules of `dispute check` on a row as it is typed
- `suggested`: a suggestion that rows name is not taken away
- `near`: who is named near a passage, examples of an issue
- `pages`: templates to HTML
"""
