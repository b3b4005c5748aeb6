"""Signs of diplomatic contact in English, for the first pass over reports that may be about anything.

Each is the start of a word or of several, in small letters; what has up to four letters is a whole word. Offices come from the codebook; here are the bodies and events around them. Too many are better than
too few: a report that passes is read, one that does not is set aside. ``tests/read/test_relevance.py`` holds them to every example of the codebook.
"""

from __future__ import annotations

from typing import Final

__all__ = ["BODIES", "CONTACT", "TELLING", "VAGUE"]

VAGUE: Final = frozenset(
    "head member chief director chairman chairwoman chairperson chair house department police court justice judge diet army navy patron adviser advisor aide whip premier "
    "representative coordinator secretary treasurer general commander captain captains attach admiral officer doctor professor".split()
)
"""Titles and bodies of the codebook that are those of companies, clubs and armies as well: alone they say nothing of a state."""

TELLING: Final = frozenset(
    x.strip()
    for x in """
    official visit, state visit, working visit, friendship visit, friendly visit, goodwill visit, return visit, courtesy call, courtesy visit, working session, bilateral,
    memorandum of understanding, joint communiqu, joint statement, joint declaration, external relations, international relations, foreign ministr, presented credentials,
    letters of credence, letter of credence, high-level delegation, agreed minutes, exchange of notes, diplomatic relations, intergovernmental, joint commission, summoned
    """.replace("\n", " ").split(",")
)
"""What tells of a contact by itself: no office need be named near it."""
BODIES: Final = frozenset(
    x.strip()
    for x in """
    government, ministr, minister, embass, consul, delegat, diploma, envoy, emissar, foreign affairs, foreign relations, foreign policy, external affairs, bilateral,
    multilateral, trilateral, quadrilateral, united nations, european union, european commission, parliament, politburo, kremlin, white house, downing street,
    head of state, heads of state, counterpart, excellenc, majest, highness, samdech, high commission, high representative, special representative, plenipotentiar,
    attaché, nunci, nato, asean, african union, arab league, security council, both sides, two sides, both countries, two countries, two nations, both nations,
    two leaders, both leaders, world leaders, commonwealth, holy see, republic of, kingdom of, monarch, sheikh, ayatollah, crown prince
    """.replace("\n", " ").split(",")
)
CONTACT: Final = frozenset(
    x.strip()
    for x in """
    meet, meeting, met, encounter, get-together, talks, talked, talk to, talk with, summit, visit, tour, state visit, trip, travel, journey, stopover, stop-over, stopped over,
    transit, passed through, receiv, reception, hosted, hosts, host, welcom, greet, summon, called on, call on, calling on, called in, phone, telephon, ring, rang, call, calls, called, calling,
    spoke, speak, video, teleconference, zoom, virtual, convers, discuss, dialogue, negotiat, consult, confer, parley, interact, exchang, audience, courtesy, banquet, dine, dined,
    dinner, luncheon, lunch, breakfast, dined, commission, adopt, credential, credence, wreath, ceremon, inaugurat, funeral, coronation, attend, session, forum, convene, co-chair, chaired, plenary,
    symposium, accompan, arriv, depart, flew, fly, landed, invit, await, paid, pays, pay, signed, signing, sign, ink, inked, initial, agree, accord, pact, treat, memorand, mou, moc,
    protocol, convention, communiqu, declar, statement, charter, covenant, concordat, contract, lease, concession, annex, ratif, accede, accession, letter of, message,
    deliver, handover, hand over, handed, present, condol, congratulat, delegation, mediat, swearing-in, farewell, bid, bade, ribbon, broke ground, breaking ground,
    took part, take part, taking part, dropped in, expected in, reached, undertook, undertak, undertook, approv, draft, sat down, see off, saw off, thank, prais, propos, pledg,
    reaffirm, express, conve, protest, apolog, appreciat, urg, spent, stay, staying, staye, wound up, wind up, winds up, holding, hold, held, joined, exchange, in talks, proceed, returned, left for, leav, touch, co-chair, came to, come to, left, saw, shown around, acquainted, arrangement, entered into, touring, toured, tripart, hosting, phoned, inform, brief, talking, engag, caught up, catch up, pull-aside, tête-à-tête, tete-a-tete, one-on-one, brush-by, deliberat
    """.replace("\n", " ").split(",")
    if x.strip()
)
