"""What changed between two sets of processed tables, in sentences, each with the ids behind it.

Pure: tables in, table or text out. The rooms, in the order in which they call each other:

telling    all changes as one table, each with its number
passages   articles and coded passages; events from outside the articles
ties       edges of the networks: that appeared, went, or turned
positions  where actors stand, and how that changed in time
findings   sentences that hold now, or no longer, each with its margin
matching   which rows of two tables are one thing
wording    the pieces of a sentence
listing    of many changes the first of each kind
feed       the same table as an Atom feed
"""

from dispute.changes.feed import atom
from dispute.changes.listing import first_of_each
from dispute.changes.positions import TURN
from dispute.changes.telling import COLUMNS, NONE, changes

__all__ = ["COLUMNS", "NONE", "TURN", "atom", "changes", "first_of_each"]
