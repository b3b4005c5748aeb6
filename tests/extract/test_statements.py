"""Who said what: sentences in invented names, each kind of wording with the speakers and the act it must give."""

from __future__ import annotations

import pytest

from memcon.model import Document, Memorandum
from memcon.run import read_document

LUND, OKELLO = "Aino Lund", "Tomas Okello"
MET = "Norwegian Foreign Minister Aino Lund met Ugandan Foreign Minister Tomas Okello in Oslo. "


def read(text: str) -> Memorandum:
    return read_document(Document(id="t", text=text, language="en"))


def said(text: str) -> list[tuple[tuple[str, ...], str]]:
    """(speakers in order of the alphabet, act) of every statement."""
    return [(tuple(sorted(s.speakers)), s.act) for s in read(text).statements]


BOTH = (LUND, OKELLO)

CASES = [
    # a second verb's subject that the tree strings to the noun before it
    ("Uganda has denied meddling in the vote and Norwegian Foreign Minister Aino Lund has said there was no meddling.", [(("Uganda",), "reject"), ((LUND,), "affirm")]),
    # told beside a demand, not within it
    (MET + "Okello demanded that the port draw up a plan, and instructed Minister Lund to check it.", [((OKELLO,), "demand"), ((OKELLO,), "demand")]),
    # what is only considered, or open, nobody has said
    ("Ugandan Foreign Minister Tomas Okello is considering recognizing the council.", []),
    ("It was not clear whether Norwegian Foreign Minister Aino Lund accepted the plan of Ugandan Foreign Minister Tomas Okello.", []),
    ("Norwegian Foreign Minister Aino Lund held talks with Ugandan Foreign Minister Tomas Okello expected to focus on fish.", []),
    # a news outlet passes on; those of whom it tells may speak
    ("CNN reported on Wednesday that the bridge was closed, citing two drivers.", []),
    # people without a name are nobody of the report's
    (MET + "The families of the sailors waited outside. They said that it was time to act.", []),
    (MET + "An analyst was not convinced. He said that little would change.", []),
    (MET + "An analyst was not convinced. Okello said that much would change. He thanked the press.", [((OKELLO,), "affirm"), ((OKELLO,), "thank")]),
    # quotations of several sentences: one statement, its span from the first mark
    ('"We met often. The road is long," Norwegian Foreign Minister Aino Lund said.', [((LUND,), "affirm")]),
    ('Norwegian Foreign Minister Aino Lund said: "We thank the doctors. They came early."', [((LUND,), "thank")]),
    # a spokesman relays: what is told is theirs of whom it is told
    (MET + "The two ministers discussed fisheries, a spokesperson said.", [(BOTH, "exchange_views")]),
    (MET + "Okello welcomed the growth of trade, the foreign ministry said in a statement.", [((OKELLO,), "praise")]),
    # the reporter's level after the content of the first verb
    (MET + "Lund said that the roads were safe, and thanked her guest for the maps.", [((LUND,), "affirm"), ((LUND,), "thank")]),
    (MET + "Okello requested that the files be opened, and promised help from his staff.", [((OKELLO,), "request"), ((OKELLO,), "pledge")]),
    # a semicolon parts two speakers
    (MET + "Lund offered 40 scholarships to Ugandan nurses; Okello expressed confidence that they would be used.", [((LUND,), "offer"), ((OKELLO,), "confidence")]),
    # a relative clause with a speaker of its own
    (MET + "Lund offered help with the census, for which Okello expressed gratitude.", [((LUND,), "offer"), ((OKELLO,), "thank")]),
    # the main verb of the content decides under a neutral verb
    (MET + "Okello said his country was ready to share its maps.", [((OKELLO,), "offer")]),
    (MET + "Okello said his government would pay for the bridge.", [((OKELLO,), "affirm")]),
    (MET + "Lund said she hoped the ferry would sail again.", [((LUND,), "hope")]),
    (MET + "Lund said the President will visit Kampala in May.", [((LUND,), "affirm")]),
    # according to
    (MET + "According to Aino Lund, the ferry is safe.", [((LUND,), "affirm")]),
    # nobody is asked to speak by being asked
    (MET + "Asked about the ferry, Lund said that it was safe.", [((LUND,), "affirm")]),
    # it was agreed
    (MET + "It was agreed that the next round would be held in Kampala.", [(BOTH, "agree")]),
    # who a thing is discussed with
    ("Norwegian Foreign Minister Aino Lund discussed fisheries with Ugandan Foreign Minister Tomas Okello.", [(BOTH, "exchange_views")]),
    # "He" after words reported is not whom the words tell of
    (MET + "Okello was cheerful. Lund chose a fine day for it, he noted.", [((OKELLO,), "affirm")]),
    # reduced relatives tell what a thing is
    (MET + "The plan outlined by Okello was printed in March.", []),
    # nothing is said by a country in the reporter's present tense
    ("Norway values its trade with Uganda.", []),
    # calling a thing something judges it
    (MET + 'Lund called the raid "a grave mistake".', [((LUND,), "criticise")]),
    (MET + "Okello described the talks as fruitful.", [((OKELLO,), "praise")]),
    # passives of a report of both sides
    (MET + "The pace of trade was noted.", [(BOTH, "affirm")]),
    (MET + "The sale of gas came under discussion.", [(BOTH, "exchange_views")]),
    # one side that touches on a thing says something
    (MET + "Okello touched on the role of nurses.", [((OKELLO,), "affirm")]),
    # a spokesman's quotation tells of others' words
    (MET + 'A ministry spokesman said: "The two ministers discussed the ferry. Mr Okello underlined the need for speed."', [(BOTH, "exchange_views"), ((OKELLO,), "affirm")]),
    # the infinitive performs
    (MET + '"I would like to thank you for the maps," Lund said.', [((LUND,), "thank")]),
    # speakers without a name
    ("Norwegian officials said the ferry was safe.", [(("Norwegian officials",), "affirm")]),
    ("A Treasury spokesman said the ferry was safe. He added that it would sail in May.", [(("Treasury spokesman",), "affirm"), (("Treasury spokesman",), "affirm")]),
    # who signs
    ("Senator the Hon Aino Lund\nMinister for Foreign Affairs\n\nVisit to Kampala\n\nI thanked the nurses of the city for their work.", [((LUND,), "thank")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0].removeprefix(MET)[:50] for c in CASES])
def test_who_said_what(text: str, expected: list[tuple[tuple[str, ...], str]]) -> None:
    assert [s for s in said(text) if s[1] != "exchange_views" or "discuss" in text] == expected


def test_a_quotation_of_several_sentences_is_one_span() -> None:
    text = 'Ugandan Foreign Minister Tomas Okello stood up. "We met often. The road is long. It goes on," he said.'
    (statement,) = read(text).statements
    assert text[statement.evidence.start :].startswith('"We met often')


def test_a_quotation_after_a_colon_reaches_its_last_mark() -> None:
    text = MET + '\n\nAt the end of the day, Lund said:\n\n"The road is long. It goes on to the sea."\n\nThe meeting ended at noon.'
    statement = read(text).statements[-1]
    assert statement.speakers == [LUND]
    assert text[: statement.evidence.end].endswith('the sea."')


def test_the_two_ministers_are_those_who_met_not_those_of_the_background() -> None:
    text = (
        "Norwegian Foreign Minister Aino Lund met Ugandan Foreign Minister Tomas Okello in Oslo. "
        "Fisheries Minister Ingrid Solvang had met Okello the evening before. The two foreign ministers praised the harbour."
    )
    assert (BOTH, "praise") in said(text)


def test_a_speech_given_in_full_is_its_speakers() -> None:
    text = (
        "Reception for ambassadors\n\nNorwegian President Aino Lund received the ambassadors on Monday.\n\n"
        "President Aino Lund: Ladies and gentlemen,\n\nWe thank the doctors of your countries for their work.\n\nWe hope that the road will open soon."
    )
    assert [s for s in said(text) if s[1] in ("thank", "hope")] == [((LUND,), "thank"), ((LUND,), "hope")]


def test_paragraphs_of_one_speech_are_each_opened_and_closed_once() -> None:
    text = (
        '"The bridge is open," Ugandan Foreign Minister Tomas Okello said on Monday. "It is wide.\n\n"It is safe as well."\n\n'
        "Norwegian Foreign Minister Aino Lund thanked the builders."
    )
    assert ((LUND,), "thank") in said(text)
