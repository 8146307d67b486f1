"""Coded passages of other tools, from and to a case: many formats, one record.

Nearly all tools hold a document, a start and an end in some unit, codes and a coder: a `Record`. A
format is a room that reads and writes a `Project` of records; all else is shared. The rooms, in the
order in which they call each other:

formats    which format a file is, and the room that knows it
taking     a project as rows of a case; giving: a case as a project
drafts     what the codes on a passage mean together
mapping    what a code means: by its name, or by a mapping file
documents  documents as articles; coders: names of coders
codebook   names as ids of the codebook; stances: stances on its scale
anchoring  where a record stands in an article
archives   archives and XML that somebody sent, with limits
record     the record, the document and the project

The formats: refi (REFI-QDA), quotes (tables of quotes; workbooks: XLSX), taguette, qualcoder,
webannotation (W3C, Hypothes.is), brat, cas (UIMA CAS).
"""
