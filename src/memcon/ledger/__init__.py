"""The append-only store of documents, claims, judgements and issues, in one SQLite file; all else is derived from it."""
