"""Figures and tables to be read: what draws takes a table, and computes nothing.

legend     each mark and what it means, for figures, site, brief and README
style      colours, the order of camps, and which networks have arrows
letters    what the font of figures can draw, and what stands for the rest
pictures   a figure in the look of the house, closed when it is drawn, and shown in few colours
network    actors on a circle, one network or several below one another
timelines  the chronology: all of it on one axis
details    the chronology: a period with its words
entries    one entry of a timeline: its span, its mark, and the key to the marks
matrix     stances: actors by issues, or a panel of periods for each issue
tiles      the marks of stances, and the grid that they stand on
sheets     what has room on a figure, and words for what is left out of it
robustness findings with what ends them, and the curve of a finding's number
machine    what proposers reach, beside the passes
estimates  what a sample says of all articles, beside the machine and the sample alone
windows    windows of time as small networks beside each other
camps      camps that were found: the dendrogram, and who stands together how often
tables     a table with names and labels in place of ids
quotes     passages that face each other

network, timelines, details, matrix, robustness, windows and camps call sheets and pictures, machine
and estimates pictures alone; windows takes its colours from network; matrix also calls tiles, and
the two of the chronology entries; network, entries and tiles call legend.
tables and quotes draw nothing.
"""
