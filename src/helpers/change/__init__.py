"""Networks between any two variables, through time and in camps: table in, table out.

These rooms stand on `helpers.analysis`; no room of it calls them.

phases         distances between networks through time, and the states that they fall into
found_camps    camps by merging and by Louvain, how stable they are, and against given ones
correspondence actors and issues as places on few axes, with intervals
backbone       which issues carry the structure of a network, on `phases`
"""
