"""Every statement that a ledger runs, by the name under which the code asks for it."""

from __future__ import annotations

from typing import Final

# -- the log ----------------------------------------------------------------------------------------------------------
ADD_DOCUMENT: Final = """INSERT INTO documents (id, name, sha256, outlet, url, language, published, version, added, sketch, source, text)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
ADD_CLAIM: Final = "INSERT INTO claims (id, document, kind, number, body, told) VALUES (?, ?, ?, ?, ?, ?)"
ADD_ISSUE: Final = "INSERT OR IGNORE INTO issues (id, document, kind, message, body) VALUES (?, ?, ?, ?, ?)"
ADD_JUDGEMENT: Final = "INSERT INTO judgements (id, family, verdict, a, b, why, author, made) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
ADD_WITHDRAWAL: Final = "INSERT INTO withdrawals (judgement, why, made) VALUES (?, ?, ?)"
ADD_REMOVAL: Final = "INSERT INTO removals (document, action, why, made) VALUES (?, ?, ?, ?)"
ADD_ORIGIN: Final = """INSERT OR IGNORE INTO origins (document, title, authors, published_by, path, sha256, extractor, captions, marks)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
ORIGIN: Final = "SELECT title, authors, published_by, path, sha256, extractor, captions, marks FROM origins WHERE document = ?"
ADD_SKIPPED: Final = "INSERT OR IGNORE INTO skipped (id, kind, name, sha256, url, title, why, noted) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
HAS_SKIPPED: Final = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'skipped'"
SKIPPED: Final = """SELECT s.kind, s.name, s.sha256, s.url, s.title, s.why, s.noted FROM skipped s
WHERE s.sha256 = '' OR NOT EXISTS (SELECT 1 FROM origins o WHERE o.sha256 = s.sha256) ORDER BY s.seq"""

HAS_DOCUMENT: Final = "SELECT seq FROM documents WHERE id = ?"
DOCUMENTS_LIKE: Final = """SELECT l.document FROM live l JOIN documents d ON d.id = l.document
WHERE l.name = :it OR d.id = :it OR (length(:it) >= 6 AND substr(d.id, 1, length(:it)) = :it) ORDER BY 1"""
DOCUMENT_EVEN_REMOVED: Final = "SELECT id FROM documents WHERE name = :it OR id = :it OR (length(:it) >= 6 AND substr(id, 1, length(:it)) = :it) ORDER BY 1"
DOCUMENT_META: Final = "SELECT id, name, outlet, url, language, published FROM documents WHERE id = ?"
SKETCH: Final = "SELECT sketch FROM documents WHERE id = ?"
SOURCE: Final = "SELECT source FROM documents WHERE id = ?"
WORDS_AT: Final = "SELECT substr(text, ? + 1, ?) FROM documents WHERE id = ?"
LIVE_META: Final = "SELECT d.id, d.outlet, d.language, d.published FROM live l JOIN documents d ON d.id = l.document ORDER BY d.id"
TEXT: Final = "SELECT seq, text FROM documents WHERE id = ?"
ALL_LIVE: Final = "SELECT d.id FROM documents d JOIN live l ON l.document = d.id ORDER BY d.seq"
LIVE_FROM_LOG: Final = """SELECT d.id, d.name FROM documents d WHERE coalesce(
(SELECT action FROM removals r WHERE r.document = d.id ORDER BY r.seq DESC LIMIT 1), 'restore') = 'restore' ORDER BY d.seq"""
IS_LIVE: Final = "SELECT 1 FROM live WHERE document = ?"
ADD_LIVE: Final = "INSERT INTO live (document, name) VALUES (?, ?)"
DROP_LIVE: Final = "DELETE FROM live WHERE document = ?"
CLAIMS_OF: Final = "SELECT id, kind, number, body, told FROM claims WHERE document = ? ORDER BY kind, number"
CLAIM: Final = "SELECT id, document, kind, number, body, told FROM claims WHERE id = ?"
LIVE_ISSUES: Final = "SELECT i.id, l.name, i.kind, i.message, l.document, i.body FROM live l INDEXED BY live_name JOIN issues i ON i.document = l.document ORDER BY l.name, i.id"
ACTIVE_JUDGEMENTS: Final = """SELECT j.id, j.family, j.verdict, j.a, j.b, j.why, j.author, j.made FROM judgements j
WHERE NOT EXISTS (SELECT 1 FROM withdrawals w WHERE w.judgement = j.id) ORDER BY j.seq"""
JUDGEMENTS: Final = """SELECT j.id, j.family, j.verdict, j.a, j.b, j.why, j.author, j.made, w.made, w.why FROM judgements j
LEFT JOIN withdrawals w ON w.judgement = j.id ORDER BY j.seq"""

# -- people -----------------------------------------------------------------------------------------------------------
ADD_PERSON_CLAIM: Final = "INSERT INTO person_claim (claim, document, node) VALUES (?, ?, ?)"
PERSON_CLAIMS_OF: Final = "SELECT claim, node FROM person_claim WHERE document = ? ORDER BY claim"
PERSON_CLAIM: Final = "SELECT node FROM person_claim WHERE claim = ?"
DROP_PERSON_CLAIM: Final = "DELETE FROM person_claim WHERE claim = ?"
CLAIMS_OF_NODE: Final = "SELECT p.claim, p.document, c.body FROM person_claim p JOIN claims c ON c.id = p.claim WHERE p.node = ? ORDER BY p.claim"
POSTS_OF_NODE: Final = """SELECT p.claim, p.document, c.body, d.name, d.outlet, d.published FROM person_claim p JOIN claims c ON c.id = p.claim
JOIN documents d ON d.id = p.document WHERE p.node = ? ORDER BY p.claim"""
FIRST_CLAIM_OF_NODE: Final = "SELECT claim FROM person_claim WHERE node = ? ORDER BY claim LIMIT 1"
COUNT_NODE: Final = "INSERT INTO node (id, person, country, guess, n) VALUES (?1, ?1, ?2, ?3, ?4) ON CONFLICT (id) DO UPDATE SET n = n + ?4"
COUNT_FORM: Final = "INSERT INTO node_form (node, form, whole, n) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (node, form, whole) DO UPDATE SET n = n + ?4"
COUNT_OFFICE: Final = "INSERT INTO node_office (node, title, body, n) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (node, title, body) DO UPDATE SET n = n + ?4"
PRUNE_NODE: Final = ("DELETE FROM node_form WHERE node = ? AND n <= 0", "DELETE FROM node_office WHERE node = ? AND n <= 0", "DELETE FROM node WHERE id = ? AND n <= 0")
NODE: Final = "SELECT id, person, country, guess, n FROM node WHERE id = ?"
NODE_FORMS: Final = "SELECT form, whole, n FROM node_form WHERE node = ? ORDER BY form, whole"
NODE_OFFICES: Final = "SELECT title, body, n FROM node_office WHERE node = ? ORDER BY title, body"
ADD_NODE_KEY: Final = "INSERT OR IGNORE INTO node_key (role, key, node) VALUES (?, ?, ?)"
DROP_NODE_KEYS: Final = "DELETE FROM node_key WHERE node = ?"
ADD_WORD: Final = "INSERT OR IGNORE INTO word (word, node) VALUES (?, ?)"
DROP_WORDS: Final = "DELETE FROM word WHERE node = ?"
NODES_BY_WORD: Final = "SELECT node FROM word WHERE word = ? ORDER BY node"
NODES_BY_KEY: Final = "SELECT node FROM node_key WHERE role = ? AND key = ? ORDER BY node"
SET_PERSON: Final = "UPDATE node SET person = ? WHERE id = ?"
NODES_OF_PERSON: Final = "SELECT id FROM node WHERE person = ? ORDER BY id"
PEOPLE: Final = "SELECT person, sum(n) FROM node GROUP BY person ORDER BY sum(n) DESC, person LIMIT ?"
ALL_PEOPLE: Final = "SELECT DISTINCT person FROM node ORDER BY person"

# -- links and events -------------------------------------------------------------------------------------------------
ADD_LINK: Final = "INSERT OR REPLACE INTO link (a, b, score, reason, weak, author) VALUES (?, ?, ?, ?, ?, ?)"
LINKS_OF: Final = "SELECT a, b, score, reason, weak, author FROM link WHERE a = ?1 UNION SELECT a, b, score, reason, weak, author FROM link WHERE b = ?1"
DROP_LINKS: Final = "DELETE FROM link WHERE a = ?1 OR b = ?1"
ADD_MERGE: Final = "INSERT OR REPLACE INTO merge (thing, a, b, score, reason, author) VALUES (?, ?, ?, ?, ?, ?)"
DROP_MERGES: Final = "DELETE FROM merge WHERE thing = ?"
MERGES_OF: Final = "SELECT a, b, score, reason, author FROM merge WHERE thing = ? ORDER BY a, b"
ADD_UNSURE: Final = "INSERT OR REPLACE INTO unsure (thing, others) VALUES (?, ?)"
DROP_UNSURE: Final = "DELETE FROM unsure WHERE thing = ?"
ALL_UNSURE: Final = "SELECT thing, others FROM unsure ORDER BY thing, others LIMIT ?"
ADD_EVENT: Final = "INSERT OR REPLACE INTO event (id, family, document, thing, body) VALUES (?, ?, ?, ?, ?)"
EVENT: Final = "SELECT thing, body FROM event WHERE id = ?"
EVENTS_OF: Final = "SELECT id, body FROM event WHERE document = ? AND family = ? ORDER BY id"
EVENTS_OF_THING: Final = "SELECT id, body FROM event WHERE thing = ? ORDER BY id"
EVENTS_OF_NODE: Final = "SELECT id FROM event_node WHERE node = ? ORDER BY id"
SET_THING: Final = "UPDATE event SET thing = ? WHERE id = ?"
DROP_EVENT: Final = ("DELETE FROM event WHERE id = ?", "DELETE FROM event_key WHERE id = ?", "DELETE FROM event_node WHERE id = ?")
ADD_EVENT_KEY: Final = "INSERT OR IGNORE INTO event_key (key, bucket, id) VALUES (?, ?, ?)"
ADD_EVENT_NODE: Final = "INSERT OR IGNORE INTO event_node (node, id) VALUES (?, ?)"
EVENTS_BY_KEY: Final = "SELECT id FROM event_key WHERE key = ?"
EVENTS_BY_BUCKET: Final = "SELECT id FROM event_key WHERE key = ? AND bucket = ?"

# -- things -----------------------------------------------------------------------------------------------------------
ADD_THING: Final = "INSERT OR REPLACE INTO thing (id, family, day, visit, body) VALUES (?, ?, ?, ?, ?)"
DROP_THING: Final = ("DELETE FROM thing WHERE id = ?", "DELETE FROM facet WHERE id = ?", "DELETE FROM conflict WHERE thing = ?")
THING: Final = "SELECT family, day, visit, body FROM thing WHERE id = ?"
THINGS_OF_VISIT: Final = "SELECT id FROM thing WHERE visit = ? ORDER BY id"
ADD_FACET: Final = "INSERT OR IGNORE INTO facet (family, facet, value, day, id) VALUES (?, ?, ?, ?, ?)"
ADD_CONFLICT: Final = "INSERT OR REPLACE INTO conflict (thing, field, body) VALUES (?, ?, ?)"
ALL_CONFLICTS: Final = "SELECT thing, field, body FROM conflict ORDER BY thing, field LIMIT ?"
CONFLICTS_OF: Final = "SELECT thing, field, body FROM conflict WHERE thing = ? ORDER BY field"
DOUBTFUL: Final = "SELECT DISTINCT id FROM facet WHERE family = ? AND facet = 'doubt' ORDER BY id"
ALL_THINGS: Final = "SELECT id, family, day, visit, body FROM thing ORDER BY id"
THINGS: Final = "SELECT id, body FROM thing WHERE family = ? ORDER BY day DESC, id LIMIT ? OFFSET ?"
FACETED: Final = "SELECT id, day FROM facet WHERE family = ? AND facet = ? AND value = ? AND day BETWEEN ? AND ? ORDER BY day DESC, id"
DATED: Final = "SELECT id, day FROM thing WHERE family = ? AND day BETWEEN ? AND ? ORDER BY day DESC, id"
IN_FACET: Final = "SELECT 1 FROM facet WHERE family = ? AND facet = ? AND value = ? AND day = ? AND id = ?"

# -- words ------------------------------------------------------------------------------------------------------------
ADD_WORDS: Final = "INSERT INTO words (rowid, text) VALUES (?, ?)"
DROP_SEARCHED: Final = "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)"
SEARCH: Final = """SELECT d.id, l.name, d.outlet, d.published, d.text FROM words w JOIN documents d ON d.seq = w.rowid
JOIN live l ON l.document = d.id WHERE words MATCH ? ORDER BY w.rowid DESC LIMIT ?"""
MATCHING: Final = "SELECT d.id FROM words w JOIN documents d ON d.seq = w.rowid WHERE words MATCH ? LIMIT 100000"

DERIVED: Final = ("live", "person_claim", "node", "node_form", "node_office", "node_key", "word", "event", "event_key", "event_node", "link", "merge", "unsure", "thing", "facet", "conflict")
EMPTY: Final = (*tuple(f"DELETE FROM {t}" for t in DERIVED), "INSERT INTO words (words) VALUES ('delete-all')")
