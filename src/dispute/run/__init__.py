"""Runs: from a case and notebooks to a published report, whole or not at all.

What each room is for, in the order in which a run calls them:

- `settings`, with `draft`, `needs`, `shadows` and `choices`: what is asked, and every fault of it
- `report`: one run from its lock to its publication; what a run would do
- `locks`, `limits`, `log`: one run at a time; what it may use; what it says
- `health`: when a run last ended well, when the next is due, and why not
- `letters`: what figures and brief cannot spell
- `graph`: the steps, and what goes into each
- `inputs`, `imports`, `steps`: digests; the code a step depends on; steps kept by content
- `notebooks`, `kernels`, `sockets`, `environment`: the file of a notebook; its run; where the two
  talk; its surroundings
- `run_lines`: what to type to run a notebook again
- `products`, `manifest`: what each step makes, one product a room; the record of the run
- `replication`: REPLICATION.md, what a replicator needs, from what the other steps made
- `publishing`: everything is swapped in at the end, each part by `swapping`
- `outputs`: what git keeps of what is made, and whether it is behind; a plugin of pytest
- `forgetting`: what was made goes where an article was withdrawn, and what is left of its words
- `lab`: copies of the notebooks to be tried, and JupyterLab told to save no original
- `verify`, `size`: two reports compared; roughly what a run of a case takes
"""
