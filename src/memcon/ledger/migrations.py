"""The file format, as steps in order. A step is never changed once released; ``PRAGMA user_version`` counts those applied.

The *log* (documents, claims, issues, judgements, withdrawals, removals) is append-only: triggers refuse UPDATE and
DELETE. Everything after it is derived, and `memcon.upkeep` can make it anew from the log.
"""

from __future__ import annotations

from typing import Final

APPLICATION: Final = 0x4D434F4E  # "MCON", by which a ledger is told from another program's SQLite file

_LOG: Final = """
CREATE TABLE documents (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, sha256 TEXT NOT NULL, outlet TEXT, url TEXT, language TEXT,
  published TEXT, version TEXT NOT NULL, added TEXT NOT NULL, sketch BLOB NOT NULL, source BLOB NOT NULL, text TEXT NOT NULL);
CREATE TABLE claims (
  id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents (id), kind TEXT NOT NULL, number INTEGER NOT NULL, body BLOB NOT NULL,
  told BLOB) WITHOUT ROWID;
CREATE INDEX claims_of_document ON claims (document, kind, number);
CREATE TABLE issues (id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents (id), kind TEXT NOT NULL, message TEXT NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX issues_of_document ON issues (document);
CREATE TABLE judgements (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, family TEXT NOT NULL, verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different')),
  a TEXT NOT NULL, b TEXT NOT NULL, why TEXT NOT NULL, author TEXT NOT NULL, made TEXT NOT NULL);
CREATE TABLE withdrawals (seq INTEGER PRIMARY KEY, judgement TEXT NOT NULL UNIQUE REFERENCES judgements (id), why TEXT NOT NULL, made TEXT NOT NULL);
CREATE TABLE removals (seq INTEGER PRIMARY KEY, document TEXT NOT NULL REFERENCES documents (id), action TEXT NOT NULL CHECK (action IN ('remove', 'restore')),
  why TEXT NOT NULL, made TEXT NOT NULL);
CREATE INDEX removals_of_document ON removals (document, seq);
"""

_DERIVED: Final = """
CREATE TABLE live (document TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX live_name ON live (name);
CREATE TABLE person_claim (claim TEXT PRIMARY KEY, document TEXT NOT NULL, node TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX person_claim_node ON person_claim (node);
CREATE TABLE node (id TEXT PRIMARY KEY, person TEXT NOT NULL, country TEXT, guess TEXT, n INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX node_person ON node (person);
CREATE TABLE node_form (node TEXT NOT NULL, form TEXT NOT NULL, whole INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (node, form, whole)) WITHOUT ROWID;
CREATE TABLE node_office (node TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (node, title, body)) WITHOUT ROWID;
CREATE TABLE node_key (role TEXT NOT NULL, key TEXT NOT NULL, node TEXT NOT NULL, PRIMARY KEY (role, key, node)) WITHOUT ROWID;
CREATE INDEX node_key_node ON node_key (node);
CREATE TABLE word (word TEXT NOT NULL, node TEXT NOT NULL, PRIMARY KEY (word, node)) WITHOUT ROWID;
CREATE INDEX word_node ON word (node);
CREATE TABLE event (id TEXT PRIMARY KEY, family TEXT NOT NULL, document TEXT NOT NULL, thing TEXT NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX event_document ON event (document, family);
CREATE INDEX event_thing ON event (thing);
CREATE TABLE event_key (key TEXT NOT NULL, bucket TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (key, bucket, id)) WITHOUT ROWID;
CREATE INDEX event_key_id ON event_key (id);
CREATE TABLE event_node (node TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (node, id)) WITHOUT ROWID;
CREATE INDEX event_node_id ON event_node (id);
CREATE TABLE link (a TEXT NOT NULL, b TEXT NOT NULL, score REAL NOT NULL, reason TEXT NOT NULL, weak INTEGER NOT NULL, author TEXT NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE INDEX link_b ON link (b);
CREATE TABLE merge (thing TEXT NOT NULL, a TEXT NOT NULL, b TEXT NOT NULL, score REAL NOT NULL, reason TEXT NOT NULL, author TEXT NOT NULL, PRIMARY KEY (thing, a, b)) WITHOUT ROWID;
CREATE TABLE unsure (thing TEXT NOT NULL, others TEXT NOT NULL, PRIMARY KEY (thing, others)) WITHOUT ROWID;
CREATE TABLE thing (id TEXT PRIMARY KEY, family TEXT NOT NULL, day TEXT NOT NULL, visit TEXT, body BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX thing_order ON thing (family, day DESC, id);
CREATE INDEX thing_visit ON thing (visit);
CREATE TABLE facet (family TEXT NOT NULL, facet TEXT NOT NULL, value TEXT NOT NULL, day TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (family, facet, value, day, id)) WITHOUT ROWID;
CREATE INDEX facet_id ON facet (id);
CREATE TABLE conflict (thing TEXT NOT NULL, field TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (thing, field)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5 (text, content='', tokenize='unicode61 remove_diacritics 0');
"""


def _guards() -> str:
    """Triggers that keep the log append-only, whoever opens the file."""
    tables = ("documents", "claims", "issues", "judgements", "withdrawals", "removals")
    return "\n".join(
        f"CREATE TRIGGER {t}_no_{verb} BEFORE {verb} ON {t} BEGIN SELECT RAISE (ABORT, 'the log of a ledger is append-only'); END;"
        for t in tables
        for verb in ("UPDATE", "DELETE")
    )


# What a report's people are was looked for in all of the ledger: the cost of adding grew with it.
_PEOPLE_OF_REPORT: Final = "CREATE INDEX person_claim_document ON person_claim (document);"

# Lists walked through all they could hold (people by reports, doubts, posts, an outlet's or a language's reports): each has its index now.
# What is derived is made anew by `Ledger` when it opens a file whose ``made`` does not name its rules.
_LISTS: Final = """
CREATE TABLE made (rules INTEGER NOT NULL);
DROP TABLE live;
CREATE TABLE live (document TEXT PRIMARY KEY, name TEXT NOT NULL, outlet TEXT NOT NULL, language TEXT NOT NULL, day TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX live_name ON live (name);
CREATE INDEX live_outlet ON live (outlet, document);
CREATE INDEX live_language ON live (language, document);
CREATE INDEX live_day ON live (day, document);
CREATE TABLE person (id TEXT PRIMARY KEY, n INTEGER NOT NULL, country TEXT) WITHOUT ROWID;
CREATE INDEX person_order ON person (n DESC, id);
CREATE INDEX person_country ON person (country, n DESC, id);
CREATE TABLE node_in (node TEXT NOT NULL, facet TEXT NOT NULL, value TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (node, facet, value)) WITHOUT ROWID;
CREATE TABLE post (
  node TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, day TEXT NOT NULL, document TEXT NOT NULL, claim TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
  PRIMARY KEY (node, title, body, day, document, claim, start, stop)) WITHOUT ROWID;
CREATE INDEX post_document ON post (document);
CREATE INDEX node_office_body ON node_office (body, node);
CREATE TABLE body_above (above TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (above, name)) WITHOUT ROWID;
CREATE TABLE body_word (word TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (word, name)) WITHOUT ROWID;
"""


# Where a report came from and how it was read; what was set aside or could not be read. Tables of their own: older reports have no row.
_ORIGINS: Final = """
CREATE TABLE origins (
  document TEXT PRIMARY KEY REFERENCES documents (id), title TEXT, authors TEXT NOT NULL, published_by TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL,
  extractor TEXT NOT NULL, captions TEXT NOT NULL, marks TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX origins_hash ON origins (sha256);
CREATE TABLE skipped (
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL CHECK (kind IN ('irrelevant', 'unreadable')), name TEXT NOT NULL, sha256 TEXT NOT NULL,
  url TEXT, title TEXT, why TEXT NOT NULL, noted TEXT NOT NULL);
""" + "\n".join(
    f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE (ABORT, 'the log of a ledger is append-only'); END;"
    for table in ("origins", "skipped")
    for verb in ("UPDATE", "DELETE")
)


def steps() -> tuple[str, ...]:
    """The format's steps, in order."""
    return (_LOG + _guards() + _DERIVED, _PEOPLE_OF_REPORT, _LISTS, _ORIGINS)
