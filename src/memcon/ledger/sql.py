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
DOCUMENT_EVEN_REMOVED: Final = (
    "SELECT id FROM documents WHERE name = :it OR id = :it OR (length(:it) >= 6 AND substr(id, 1, length(:it)) = :it) ORDER BY 1"
)
DOCUMENT_META: Final = "SELECT id, name, outlet, url, language, published FROM documents WHERE id = ?"
DOCUMENT_WHOLE: Final = """SELECT id, name, sha256, outlet, url, language, published, version, added, seq, substr(text, 1, 1000)
FROM documents WHERE id = ?"""
LAST_CHANGES: Final = (
    "SELECT added FROM documents WHERE seq = (SELECT max(seq) FROM documents)", "SELECT made FROM judgements WHERE seq = (SELECT max(seq) FROM judgements)",
    "SELECT made FROM withdrawals WHERE seq = (SELECT max(seq) FROM withdrawals)", "SELECT made FROM removals WHERE seq = (SELECT max(seq) FROM removals)",
)  # fmt: skip
SKETCH: Final = "SELECT sketch FROM documents WHERE id = ?"
SOURCE: Final = "SELECT source FROM documents WHERE id = ?"
WORDS_AT: Final = "SELECT substr(text, ? + 1, ?) FROM documents WHERE id = ?"
TEXT: Final = "SELECT seq, text FROM documents WHERE id = ?"
LIVE_AFTER: Final = """SELECT d.seq, d.id FROM documents d WHERE d.seq > ? AND coalesce(
(SELECT action FROM removals r WHERE r.document = d.id ORDER BY r.seq DESC LIMIT 1), 'restore') = 'restore' ORDER BY d.seq LIMIT ?"""
MISSED: Final = """SELECT d.id FROM documents d WHERE NOT EXISTS (SELECT 1 FROM live l WHERE l.document = d.id) AND coalesce(
(SELECT action FROM removals r WHERE r.document = d.id ORDER BY r.seq DESC LIMIT 1), 'restore') = 'restore' ORDER BY d.seq"""
COUNT_LIVE: Final = "SELECT count(*) FROM live"
COUNT_DOCUMENTS: Final = "SELECT count(*) FROM documents"
LAST_OF_LOG: Final = """SELECT (SELECT id FROM documents WHERE seq = (SELECT min(seq) FROM documents)), (SELECT max(seq) FROM judgements),
(SELECT max(seq) FROM withdrawals), (SELECT max(seq) FROM removals)"""
ALL_LIVE: Final = "SELECT d.id FROM documents d JOIN live l ON l.document = d.id ORDER BY d.seq"
LIVE_FROM_LOG: Final = """SELECT d.id, d.name FROM documents d WHERE coalesce(
(SELECT action FROM removals r WHERE r.document = d.id ORDER BY r.seq DESC LIMIT 1), 'restore') = 'restore' ORDER BY d.seq"""
IS_LIVE: Final = "SELECT 1 FROM live WHERE document = ?"
ADD_LIVE: Final = "INSERT INTO live (document, name, outlet, language, day) VALUES (?, ?, ?, ?, '')"
LIVE: Final = "SELECT name, outlet, language, day FROM live WHERE document = ?"
SET_DAY: Final = ("UPDATE live SET day = ?1 WHERE document = ?2", "UPDATE post SET day = CASE ?1 WHEN '' THEN '~' ELSE ?1 END WHERE document = ?2")
LIVE_OF_OUTLET: Final = "SELECT document FROM live WHERE outlet = ? LIMIT ?"
LIVE_OF_LANGUAGE: Final = "SELECT document FROM live WHERE language = ? LIMIT ?"
LIVE_BETWEEN: Final = "SELECT document FROM live WHERE day BETWEEN ? AND ? LIMIT ?"
DROP_LIVE: Final = "DELETE FROM live WHERE document = ?"
CLAIMS_OF: Final = "SELECT id, kind, number, body, told FROM claims WHERE document = ? ORDER BY kind, number"
CLAIM: Final = "SELECT id, document, kind, number, body, told FROM claims WHERE id = ?"
ISSUES_OF: Final = "SELECT id, kind, body FROM issues WHERE document = ? ORDER BY id"
ISSUE: Final = "SELECT i.id, l.name, i.kind, i.message, i.document FROM issues i JOIN live l ON l.document = i.document WHERE i.id = ?"
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
DOCUMENTS_OF_NODE: Final = """SELECT l.document, l.outlet, l.language, l.day FROM person_claim p JOIN live l ON l.document = p.document
WHERE p.node = ? ORDER BY p.claim"""
NAMED_BETWEEN: Final = """SELECT DISTINCT l.document FROM person_claim p JOIN live l ON l.document = p.document
WHERE p.node = ? AND l.day BETWEEN ? AND ? ORDER BY l.day, l.document LIMIT ?"""
FIRST_CLAIM_OF_NODE: Final = "SELECT claim FROM person_claim WHERE node = ? ORDER BY claim LIMIT 1"
COUNT_NODE: Final = "INSERT INTO node (id, person, country, guess, n) VALUES (?1, ?1, ?2, ?3, ?4) ON CONFLICT (id) DO UPDATE SET n = n + ?4"
COUNT_FORM: Final = "INSERT INTO node_form (node, form, whole, n) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (node, form, whole) DO UPDATE SET n = n + ?4"
COUNT_OFFICE: Final = (
    "INSERT INTO node_office (node, title, body, n) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (node, title, body) DO UPDATE SET n = n + ?4"
)
PRUNE_NODE: Final = (
    "DELETE FROM node_form WHERE node = ? AND n <= 0",
    "DELETE FROM node_office WHERE node = ? AND n <= 0",
    "DELETE FROM node WHERE id = ? AND n <= 0",
)
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
OF_PERSON: Final = "SELECT country, guess, n FROM node WHERE person = ? ORDER BY id"
ADD_PERSON: Final = "INSERT OR REPLACE INTO person (id, n, country) VALUES (?, ?, ?)"
DROP_PERSON: Final = "DELETE FROM person WHERE id = ?"
PERSON: Final = "SELECT n, country FROM person WHERE id = ?"
PEOPLE: Final = "SELECT id FROM person ORDER BY n DESC, id"
PEOPLE_OF_COUNTRY: Final = "SELECT id FROM person WHERE country = ? ORDER BY n DESC, id"
ALL_PEOPLE: Final = "SELECT id FROM person ORDER BY id"
COUNT_IN: Final = "INSERT INTO node_in (node, facet, value, n) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (node, facet, value) DO UPDATE SET n = n + ?4"
PRUNE_IN: Final = "DELETE FROM node_in WHERE node = ? AND n <= 0"
NAMED_IN: Final = "SELECT 1 FROM node_in WHERE node = ? AND facet = ? AND value = ?"

# -- posts and bodies -------------------------------------------------------------------------------------------------
ADD_POST: Final = "INSERT OR IGNORE INTO post (node, title, body, day, document, claim, start, stop) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
DROP_POSTS: Final = "DELETE FROM post WHERE node = ? AND document = ? AND claim = ?"
FIRST_GIVEN: Final = """SELECT day, document, claim, start, stop FROM post WHERE node = ? AND title = ? AND body = ? AND day BETWEEN ? AND ?
ORDER BY day, document, claim, start LIMIT ?"""
LAST_GIVEN: Final = """SELECT day, document, claim, start, stop FROM post WHERE node = ? AND title = ? AND body = ? AND day BETWEEN ? AND ?
ORDER BY day DESC, document DESC, claim DESC, start DESC LIMIT ?"""
GIVEN: Final = "SELECT count(DISTINCT document) FROM post WHERE node = ? AND title = ? AND body = ? AND day BETWEEN ? AND ?"
HAS_BODY: Final = "SELECT 1 FROM node_office WHERE body = ? LIMIT 1"
NODES_IN_BODY: Final = "SELECT DISTINCT node FROM node_office WHERE body = ?"
ADD_ABOVE: Final = "INSERT OR IGNORE INTO body_above (above, name) VALUES (?, ?)"
ADD_BODY_WORD: Final = "INSERT OR IGNORE INTO body_word (word, name) VALUES (?, ?)"
DROP_ABOVE: Final = "DELETE FROM body_above WHERE above = ? AND name = ?"
DROP_BODY_WORD: Final = "DELETE FROM body_word WHERE word = ? AND name = ?"
BODIES_UNDER: Final = "SELECT name FROM body_above WHERE above = ? ORDER BY name"
BODIES_WITH_WORD: Final = "SELECT name FROM body_word WHERE word = ? ORDER BY name"

# -- the rules that made what is derived -----------------------------------------------------------------------------
MADE: Final = "SELECT rules FROM made LIMIT 1"
HAS_MADE: Final = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'made'"
SET_MADE: Final = "INSERT INTO made (rules) VALUES (?)"

# -- links and events -------------------------------------------------------------------------------------------------
ADD_LINK: Final = "INSERT OR REPLACE INTO link (a, b, score, reason, weak, author) VALUES (?, ?, ?, ?, ?, ?)"
LINKS_OF: Final = (
    "SELECT a, b, score, reason, weak, author FROM link WHERE a = ?1 UNION SELECT a, b, score, reason, weak, author FROM link WHERE b = ?1"
)
DROP_LINKS: Final = "DELETE FROM link WHERE a = ?1 OR b = ?1"
ADD_MERGE: Final = "INSERT OR REPLACE INTO merge (thing, a, b, score, reason, author) VALUES (?, ?, ?, ?, ?, ?)"
DROP_MERGES: Final = "DELETE FROM merge WHERE thing = ?"
MERGES_OF: Final = "SELECT a, b, score, reason, author FROM merge WHERE thing = ? ORDER BY a, b"
ADD_UNSURE: Final = "INSERT OR REPLACE INTO unsure (thing, others) VALUES (?, ?)"
DROP_UNSURE: Final = "DELETE FROM unsure WHERE thing = ?"
ALL_UNSURE: Final = "SELECT thing, others FROM unsure ORDER BY thing, others"
UNSURE_OF: Final = "SELECT thing, others FROM unsure WHERE thing = ? ORDER BY others"
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
CONFLICTS_OF: Final = "SELECT thing, field, body FROM conflict WHERE thing = ? ORDER BY field"
ALL_THINGS: Final = "SELECT id, family, day, visit, body FROM thing ORDER BY id"
IN_ALL: Final = tuple(
    "SELECT w.id, w.day FROM facet w WHERE w.family = ? AND w.facet = ? AND w.value = ? AND w.day BETWEEN ? AND ?"
    + " AND EXISTS (SELECT 1 FROM facet f WHERE f.family = w.family AND f.facet = ? AND f.value = ? AND f.day = w.day AND f.id = w.id)" * tests
    + " ORDER BY w.day DESC, w.id"
    for tests in range(8)
)
"""Things with one facet and as many others as the statement's place says."""
DATED: Final = "SELECT id, day FROM thing WHERE family = ? AND day BETWEEN ? AND ? ORDER BY day DESC, id"
DROP_FACETS: Final = "DELETE FROM facet WHERE id = ?"
FACETS_OF: Final = "SELECT value FROM facet WHERE id = ? AND facet = ? ORDER BY value"
FACET_COUNT: Final = "SELECT count(*) FROM (SELECT 1 FROM facet WHERE family = ? AND facet = ? AND value = ? AND day BETWEEN ? AND ? LIMIT ?)"
NTH_DAY: Final = """SELECT day FROM facet WHERE family = ? AND facet = ? AND value = ? AND day BETWEEN ? AND ?
ORDER BY day DESC LIMIT 1 OFFSET ?"""
NEWEST_DAYS: Final = "SELECT day FROM facet WHERE family = ? AND facet = ? AND value = ? AND day BETWEEN ? AND ? ORDER BY day DESC LIMIT ?"
PEOPLE_IN: Final = """SELECT DISTINCT n.person FROM facet p JOIN node n ON n.id = p.value WHERE p.facet = 'person' AND p.id IN (
SELECT id FROM facet WHERE family = ? AND facet = ? AND value = ? AND day BETWEEN ? AND ? LIMIT ?)"""
IN_FACET: Final = "SELECT 1 FROM facet WHERE family = ? AND facet = ? AND value = ? AND day = ? AND id = ?"

# -- words ------------------------------------------------------------------------------------------------------------
ADD_WORDS: Final = "INSERT INTO words (rowid, text) VALUES (?, ?)"
DROP_SEARCHED: Final = "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)"
SEARCH: Final = """SELECT d.id, l.name, d.outlet, d.published, d.text FROM words w JOIN documents d ON d.seq = w.rowid
JOIN live l ON l.document = d.id WHERE words MATCH ? ORDER BY w.rowid DESC LIMIT ?"""
MATCHING: Final = "SELECT d.id FROM words w JOIN documents d ON d.seq = w.rowid WHERE words MATCH ? LIMIT ?"
MATCHING_NUMBERS: Final = "SELECT rowid FROM words WHERE words MATCH ?"
MATCHING_BETWEEN: Final = "SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ?"
NUMBERS_OF_THINGS: Final = """SELECT f.id, d.seq FROM json_each(?) j CROSS JOIN facet f ON f.id = j.value AND f.facet = 'document'
JOIN documents d ON d.id = f.value"""
NUMBERS_IN_LANGUAGE: Final = f"{NUMBERS_OF_THINGS} WHERE d.language = ?"
MATCHES: Final = "SELECT 1 FROM words WHERE words MATCH ? AND rowid = (SELECT seq FROM documents WHERE id = ?)"

DERIVED: Final = (
    "live", "person_claim", "node", "node_form", "node_office", "node_key", "word", "event", "event_key", "event_node", "link", "merge", "unsure", "thing", "facet", "conflict",
    "made", "person", "node_in", "post", "body_above", "body_word",
)  # fmt: skip
SCHEMA: Final = "SELECT sql FROM sqlite_master WHERE tbl_name IN (SELECT value FROM json_each(?)) AND sql IS NOT NULL ORDER BY type DESC, name"
TAKE_OVER: Final = tuple(x for t in DERIVED for x in (f"DELETE FROM main.{t}", f"INSERT INTO main.{t} SELECT * FROM anew.{t}"))
"""The derived tables replaced by those of the file attached as ``anew``."""
RENEWAL: Final = "CREATE TABLE renewal (state TEXT NOT NULL, done INTEGER NOT NULL)"
EMPTY_WORDS: Final = "INSERT INTO words (words) VALUES ('delete-all')"
EMPTY: Final = (*tuple(f"DELETE FROM {t}" for t in DERIVED), EMPTY_WORDS)

# -- pages: what a reader looks at together, each for one thing, one report or one page of a list ------------------------
THINGS_BY_ID: Final = "SELECT t.id, t.family, t.body FROM json_each(?) j CROSS JOIN thing t ON t.id = j.value ORDER BY j.key"
PERSONS_OF_NODES: Final = "SELECT n.id, n.person FROM json_each(?) j CROSS JOIN node n ON n.id = j.value"
TALLIES_OF: Final = """SELECT f.facet, f.value, count(*) FROM json_each(?) j CROSS JOIN facet f ON f.id = j.value
WHERE f.facet IN ('kind', 'status', 'country', 'outlet', 'topic') GROUP BY f.facet, f.value ORDER BY 3 DESC, 2"""
CLAIMS_OF_THING: Final = """SELECT e.id, e.document, c.kind, c.body FROM event e JOIN claims c ON c.id = e.id
WHERE e.thing = ? ORDER BY e.document, c.number LIMIT ?"""
THINGS_OF_REPORT: Final = "SELECT id, family, thing FROM event WHERE document = ? ORDER BY family, id"
PEOPLE_OF_REPORT: Final = """SELECT p.claim, n.person, c.body FROM person_claim p JOIN node n ON n.id = p.node JOIN claims c ON c.id = p.claim
WHERE p.document = ? ORDER BY c.number"""
REPORT: Final = "SELECT id, name, outlet, url, language, published, version, added, sha256, text FROM documents WHERE id = ?"
REPORTS: Final = """SELECT d.seq, d.id, l.name, d.outlet, d.url, d.language, d.published, d.added FROM documents d JOIN live l ON l.document = d.id
WHERE d.seq < ? ORDER BY d.seq DESC LIMIT ?"""
GONE: Final = "SELECT DISTINCT r.document FROM removals r WHERE NOT EXISTS (SELECT 1 FROM live l WHERE l.document = r.document)"
STARTING: Final = "SELECT DISTINCT node FROM word WHERE word >= ? AND word < ? LIMIT 500"
REPORTS_SINCE: Final = "SELECT d.seq, d.id, d.outlet, d.language, d.published, d.added FROM documents d WHERE d.seq > ? ORDER BY d.seq LIMIT ?"
REPORTS_BY_ID: Final = """SELECT d.seq, d.id, d.name, d.outlet, d.url, d.language, d.published, d.added FROM json_each(?) j
CROSS JOIN documents d ON d.id = j.value ORDER BY j.key"""
REPORTS_WORDED: Final = """SELECT d.seq, d.id, l.name, d.outlet, d.url, d.language, d.published, d.added, substr(d.text, 1, 20000) FROM words w JOIN documents d ON d.seq = w.rowid
JOIN live l ON l.document = d.id WHERE words MATCH ? AND w.rowid < ? ORDER BY w.rowid DESC LIMIT ?"""
COUNT: Final = "SELECT count(*) FROM (SELECT 1 FROM thing WHERE family = ? LIMIT ?)"
MONTHS: Final = "SELECT substr(day, 1, 7), count(*) FROM thing WHERE family = ? AND day BETWEEN ? AND ? GROUP BY 1 ORDER BY 1"
DAYS: Final = """SELECT id, day, n FROM (SELECT id, day, row_number() OVER (PARTITION BY day ORDER BY id) AS place, count(*) OVER (PARTITION BY day) AS n
FROM thing WHERE family = ? AND day BETWEEN ? AND ?) WHERE place <= ? ORDER BY day, id"""
REPORTS_NAMED: Final = "SELECT document FROM live WHERE name = ? ORDER BY document"
PAIRS: Final = "SELECT value, count(*) FROM facet WHERE family = ? AND facet = 'pair' GROUP BY value ORDER BY 2 DESC, 1 LIMIT ?"
CONFLICTS_AFTER: Final = "SELECT thing, field, body FROM conflict WHERE (thing, field) > (?, ?) ORDER BY thing, field LIMIT ?"
COUNT_CONFLICTS: Final = "SELECT count(*) FROM (SELECT 1 FROM conflict LIMIT ?)"
UNSURE_AFTER: Final = "SELECT thing, others FROM unsure WHERE (thing, others) > (?, ?) ORDER BY thing, others LIMIT ?"
COUNTRIES_OF_PEOPLE: Final = "SELECT country, count(*) FROM person GROUP BY country ORDER BY 2 DESC, 1"
BODIES: Final = "SELECT body, count(*), sum(n) FROM node_office WHERE body <> '' GROUP BY body ORDER BY 3 DESC, 1"
OFFICES_IN: Final = """SELECT n.person, o.title, o.body, sum(o.n) FROM node_office o JOIN node n ON n.id = o.node WHERE o.body IN (SELECT value FROM json_each(?))
GROUP BY n.person, o.title, o.body ORDER BY 4 DESC, 1, 2 LIMIT ?"""
OFFICES_OF_NODES: Final = "SELECT o.node, o.title, o.body, o.n FROM json_each(?) j CROSS JOIN node_office o ON o.node = j.value ORDER BY o.node, o.n DESC, o.title"
NODES_OF_THING: Final = "SELECT f.id, f.value FROM json_each(?) j CROSS JOIN facet f ON f.id = j.value WHERE f.facet = 'person' ORDER BY f.id, f.value"
NODES_IN: Final = "SELECT node FROM node_office WHERE body IN (SELECT value FROM json_each(?)) GROUP BY node ORDER BY sum(n) DESC, node LIMIT ?"
DAYS_OF_THINGS: Final = "SELECT t.id, t.day FROM json_each(?) j CROSS JOIN thing t ON t.id = j.value"

# -- following up -------------------------------------------------------------------------------------------------------
KNOWN_SINCE: Final = "SELECT l.day, d.added, d.published FROM live l JOIN documents d ON d.id = l.document WHERE l.document = ?"
THINGS_IN_REPORTS: Final = """SELECT DISTINCT f.value, f.id FROM json_each(?) j CROSS JOIN facet f ON f.family = ? AND f.facet = 'document' AND f.value = j.value
ORDER BY f.value, f.id"""
TEXTS: Final = "SELECT d.id, substr(d.text, 1, ?) FROM json_each(?) j CROSS JOIN documents d ON d.id = j.value ORDER BY j.key"
REPORTS_OF_THINGS: Final = "SELECT DISTINCT e.document FROM json_each(?) j CROSS JOIN event e ON e.thing = j.value ORDER BY 1"
