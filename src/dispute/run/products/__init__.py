"""What each step of a report makes, one product a room, each written into the folder given to it.

`graph` says when, and from what. In their order:

- `check`: that settings and case are without fault
- `networks`: the networks as files for other programs
- `tables`: the processed tables, plain counts below the findings, other files, their description
- `page`: a notebook as it ran, with today's prose
- `changes`: what the tables say otherwise than the last report
- `site` and `brief`: what a reader opens
- `record`: the manifest, and the same as an RO-Crate
- `replication`: REPLICATION.md, which the step of the record makes too

Beside them: `downloads` (the names of the files for other programs), `failed` (the error).

A step's code is its room and all that it imports. So a room is imported by itself, and imports
pandas and what builds on it where it is used: a run with nothing to do makes nothing, and is quick.
"""
