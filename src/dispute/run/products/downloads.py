"""What a reader can take away besides the tables, and what it is."""

# The files of the networks for other programs, and what they are.
NETWORKS = {
    "network.gexf": "all networks, for Gephi",
    "network.graphml": "all networks, for Gephi, yEd and visone",
    "congruence.dl": "who agrees, a matrix for UCINET",
    "conflict.dl": "who disagrees, a matrix for UCINET",
}
# All files for other programs.
EXPORTS = {
    **NETWORKS,
    "chronology.timelinejs.json": "the chronology, for TimelineJS",
    "chronology.ics": "the chronology as a calendar (iCalendar)",
    "claims.jsonld": "what the articles have only as somebody's claim (schema.org Claim)",
}
# What a reader can take away besides the tables and EXPORTS.
ADDED = {
    "brief.pdf": "the brief: four pages for a seminar, to print",
    "changes.atom": "what changed, as a feed (Atom)",
    "changes.csv": "what changed, sentence by sentence, with the ids behind each",
}
