"""The desk: one coder codes articles in the browser; passes are settled and the codebook is kept.

- `server`: a Jupyter server of its own, with nothing but the desk
- `handlers`: one class a page, each thin; `api`: one class an address of data
- `reading`: what the page gets of the case, an article, the codebook; never another coder's rows
- `room`: the desk that all handlers ask; `seating`: whose it is; `sent`: what a page says
- `tables`: a coder's tables in memory and as bytes
- `sitting`: one coder's rows in memory: steps, undo, redo, version
- `journal`: steps on the disk before they count as saved; tables written whole
- `closing`: what killed desks left reaches the tables before an article is withdrawn
- `checking`: the rules of `dispute check` on a row as it is typed
- `proposed`: what machines propose, at a desk that was opened for it
- `suggested`: a suggestion that rows name is not taken away
- `near`: who is named near a passage, examples of an issue
- `pages`: templates to HTML
- `settling`: the passes of a case side by side (`pairs`), decided one by one; `side_by_side`: what
  the page shows of them; `agreeing`: agreement as it grows
- `codebook`: edits by the owner with day and reason; `second_looks`: what was coded before them
- `whole`: an edit of several files is there with all of them or with none
- `settle_handlers`: the addresses of who settles
"""
