"""Many articles: the rules over a whole corpus, on the processes of this machine or on a cluster.

`dispute corpus` reads 10⁵ to 10⁷ articles; the case gives the codebook, and no article of the
corpus becomes one of the case. These rooms need the packages of the extra `corpus`.

- `sources`: the files of a corpus, and what is wrong with them before any work
- `records`: their articles as they stand there, one after the other, cut into batches
- `article`: a record as a text with its date, or what is wrong with it
- `columns`: what a row says of an article; `signature`: a few numbers by which texts are alike
- `one_article`: the row of a record, by the rules; this is what the workers do
- `engine`: Dask, on this machine or elsewhere; `over_articles`: a function over all batches
- `parts`: the Parquet files of a folder, each whole or not there, and whose folder it is
- `summary`: what is known when all parts stand: faults, counts, near-duplicates
- `reading`: all of these put together
- `drawing`: a sample of a corpus put into a case
"""
