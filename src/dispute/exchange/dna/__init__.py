"""Databases of Discourse Network Analyzer 3 (DNA): `to_case` reads one, `from_case` writes one.

What the other side cannot hold is told in plain sentences, each with its number: nothing is
dropped in silence. The rooms, in the order in which they call each other:

importing   a database to the files of a case folder: chooses, reads, writes, tells
choice      the statement type that becomes a case, and its variables by their role
statements  the statements of that type as rows of a case, and why others are dropped
remainder   what of a database a case does not hold
exporting   a case to an empty database
unheld      what of a case a database does not hold
documents, attributes, scale    both ways: articles, what is known of actors and issues, stances
case_files  files of a case folder, as bytes
layout      the tables of DNA (`dna.sql`), their reading, and its moments of time
"""

from dispute.exchange.dna.exporting import from_case
from dispute.exchange.dna.importing import to_case

__all__ = ["from_case", "to_case"]
