"""Files for other people's tools, and from them: one file a format, import and export together.

What is made here is text, bytes or a filled database; the files are written elsewhere. The rooms:

passages      coded passages of many tools, both ways, by one record
dna           databases of Discourse Network Analyzer, both ways
graphs        networks for Gephi, yEd, visone (GEXF, GraphML) and UCINET (DL)
calendars     the chronology as a calendar (iCalendar)
timelinejs    the chronology for TimelineJS
claims        what the articles have only as somebody's claim (schema.org)
spreadsheets  the copy of a table that is safe to open in a spreadsheet
datapackage   the description of the tables (Data Package)
feeds         an Atom feed and what it leads to

Below them, `entries` puts an entry of the chronology into words for calendars and timelines,
`texts` keeps a text to one line for all, `offsets` counts places in several units, `counting` finds
out in which a writer counted, `notes` puts fields into a note, `databases` reads a strange database
with limits, and `wording` puts counts into sentences. No room calls another of its own floor.
"""
