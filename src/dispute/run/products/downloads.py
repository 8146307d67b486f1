"""What a reader can take away besides the tables, and what it is."""

# Each network, and what it is: most programs know one direction for a whole file.
EACH = {
    "relation": "ties that the articles state or report as claims, directed",
    "affiliation": "who belongs where, directed",
    "congruence": "who agrees, undirected",
    "conflict": "who disagrees, undirected",
    "co-mention": "who is named together, undirected",
}
# The files of the networks for other programs, and what they are.
NETWORKS = {
    "network.gexf": "all networks in one, for Gephi",
    "network.graphml": "all networks in one, for yEd and visone",
    **{f"{name}.gexf": f"{words}, for Gephi and networkx" for name, words in EACH.items()},
    **{f"{name}.graphml": f"{words}, for igraph and networkx" for name, words in EACH.items()},
    "congruence.dl": "who agrees, a matrix for UCINET",
    "conflict.dl": "who disagrees, a matrix for UCINET",
    "matrix-congruence.csv": "who agrees, a matrix for R",
    "matrix-conflict.csv": "who disagrees, a matrix for R",
    "matrix-positions.csv": "the mean stance of actors on issues, for scaling in R",
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
