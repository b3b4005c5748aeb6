"""Out of one machine: shards of reports → claims as Parquet → judgements as Parquet, by processes here or on a cluster.

Nothing here decides anything about a report: reading is `memcon.run`'s, joining is `memcon.resolve`'s. What is here cuts the work into pieces,
hands them out, and makes sure that a piece is done once and appears whole.
"""
