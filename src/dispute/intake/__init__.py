"""Articles for a case, from addresses, files, lists and library exports; a format is a file.

adding       the whole of it: sources in, articles with their sidecars in the case, a report
sources      what the words of a call stand for; it asks `client` for pages, `formats` for the rest
client       fetches a page politely, and never from one's own network (`own_network`) unasked
formats      which format bytes are in; it calls those below
pages, pdf, word, rtf, plain, nexis    an article, or several, from bytes; `page_head` is what a
             page tells machines, `encodings` its letters, `zips` opens archives within bounds
lists, ris, bibtex, csl                rows that name addresses or files, with their metadata
furniture, printed_days, languages, agencies, likeness, ids    what is told from an article's words
corpus       the articles that are there already
sidecars, searches, putting            what is written, tried first, and put where nothing stands

They hand each other `drafts`: what a source gave, before it is an article of the case.
"""
