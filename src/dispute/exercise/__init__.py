"""An exercise for a class: the same articles, coded by each reader alone, and what comes of it.

- `sheet` is what readers get: a page to print, and a blank case for the desk.
- `lesson` is what they are shown afterwards: how far they agree, and where they part.

The words of both are in `dispute.messages`, so that they can be had in another language.
"""
