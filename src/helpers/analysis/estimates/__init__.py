"""What all articles hold, where people code a sample of them and a machine reads all.

design    the difference estimator: totals and ratios with their variances
totals    statements, shares, mean stances and two-mode weights of a case, on `design`
ties      ties of agreement with intervals by replicate weights, on `totals`
validity  from what length of window on the machine's network is the one that people see
readers   what people and a machine read of a case that holds a sample
of_case   all of it for a case, on the rooms above
words     what the tables of these say, in sentences

A regression on what a machine coded, mended by such a sample, is design-based supervised learning
(Egami, Hinck, Stewart and Wei 2023; the R package `dsl`): it is not built here.
"""
