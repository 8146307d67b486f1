"""Networks between any two variables, through time and in camps: table in, table out.

These rooms stand on `helpers.analysis`; no room of it calls them.

variables      networks between any two variables, and filters on any
kernels        networks of a moment: what lies near in time adds more
edge_changes   edges that appear, fade or turn from one window to the next
balance        how well camps divide a network: balance, E-I index, modularity; windows of time
camp_search    the division into two or three camps of the greatest balance, on `balance`
chance         whether a number is more than chance: the same statements, dealt out anew
edge_intervals how unsure the weights of edges are in a small corpus
phases         distances of networks through time, and the states they fall into, on `balance`
found_camps    camps by merging and by Louvain, how stable they are, and against given ones
correspondence actors and issues as places on few axes, with intervals
backbone       which issues carry the structure of a network, on `phases`
divisions      the codebook's camps beside those that are found, on `balance` and the two searches
snapshots      the network of each window of time, or smoothed in it, for `phases`
answers        what the tables of these say, in sentences
"""
