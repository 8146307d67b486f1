"""From tables to tables: what the coded passages say together. No file and no figure is made here.

actor_names    where the articles name the actors
by_account     whether articles say a thing themselves, or only that somebody does
counts         X, the statements counted by actor, issue and stance
networks       agreement and disagreement as matrices, on `counts`; spans and windows of time
pairs          what two actors share on each issue, on `counts`
edges          networks as tables with what each edge rests on, on `networks` and `pairs`
rankings       the pairs that rest on articles enough, on `edges`
evidence       the coded passages behind each edge, from the tables of `edges`
betweenness    through whom the shortest paths run, exactly or with a bound of the error
resampling     the interval of a number, by drawing articles anew
structure      groups, central actors, camps and bridges, on `networks`, `edges`, `resampling`
disagreements  where accounts of one event differ
one_row        entries of the chronology that are one happening as one row
chronology     accounts, events and entries in order of time, on `disagreements`
happenings     which entries are one as people say, and where nobody has said
stances        who stood where on what, by actor, camp, publisher, issue and period
positions      changes of a position and contradictions in it, on `stances`
alpha          Krippendorff's alpha of values side by side
continua       the words of articles as lines on which coders mark units: |u-alpha and cu-alpha
same_positions whether coders end with the same positions and ties
matching       the units of two coders side by side
questions      four questions to two coders, on the four rooms above
agreement      the table of these, its intervals by `resampling`; confusions and decisions
answers        that table in a few words
machine_reading  how good proposals are, beside the passes, on `matching` and `continua`
machine_errors what proposals miss, make up and misread, on `machine_reading`
machine_words  these tables in sentences
drawing        passages and articles at random for people, and how far they agree
class_agreement how far the readers of a class end with the same positions
sampling       which articles people code, where there are too many: a stratified sample
estimates      what all articles hold, by such a sample and a machine that reads all
coded_rows     coded units as small immutable rows, the events of a pass by their published names
views          how rows are read: who is the actor, which passages count
predicates     the kinds of finding: what holds, by which rows, on the two rooms above
candidates     every binding of a predicate that holds
cuts           rows without which a finding ends, by counts
margins        the fewest rows that must be otherwise for a finding to end, on `cuts`
pair_weight    the number of a pair, and its specification curve
choices_tried  what ends a finding: coder, article, units, duplicates, actor, condition, periods
simulated_error  in how many draws a finding holds where coders err
finding_words  a finding as a sentence made from its slots
finding_basis  what findings are asked of: the coding that is read and each pass
findings       which findings are shown, on all rooms from `candidates` on
finding_tables the same as tables
sentences      the answer and the story: sentences whose slots findings fill
discussion     questions for a class, their slots filled by findings
plain_counts   sentences that count, and are no findings
"""
