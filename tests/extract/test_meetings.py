"""Contacts: sentences of our own, and who met whom, in what form, and whether it took place."""

from __future__ import annotations

import pytest

from memcon.model import Document
from memcon.run import read_document

LUND, RUIZ = "Norwegian Prime Minister Aino Lund", "Peruvian President Ana Ruiz"

Told = tuple[str, str, str]  # kind, the two sides, status


def told(text: str) -> list[Told]:
    found = read_document(Document(id="x", text=text, language="en", published="2023-05-02")).meetings
    return [(m.kind, " | ".join(sorted((*m.hosts, *m.guests))), m.status) for m in found]


BOTH = "Aino Lund | Ana Ruiz"
TOLD: list[tuple[str, list[Told]]] = [
    (f"{LUND} spoke this morning with {RUIZ} about grain.", [("phone_call", BOTH, "occurred")]),
    (f"{LUND} said she had spoken to {RUIZ} earlier on Monday.", [("phone_call", BOTH, "occurred")]),
    (f"{LUND} spoke with {RUIZ} this evening.", [("phone_call", BOTH, "occurred")]),
    (f"{LUND} starts a tour during which trade is expected to top the agenda in meetings with {RUIZ}.", [("meeting", BOTH, "planned")]),
    (f"{LUND} pays a visit to Peru that includes talks with {RUIZ}.", [("talks", BOTH, "planned")]),
    (f"The paper is to prepare {LUND}'s talks with {RUIZ} later this month.", [("talks", BOTH, "planned")]),
    (f"{LUND} is flying to Lima tomorrow for talks with {RUIZ}.", [("talks", BOTH, "planned")]),
    (f"{LUND}'s phone call with {RUIZ} was planned in advance.", [("phone_call", BOTH, "occurred")]),
    (f"{LUND} noted the importance of the recent meeting with {RUIZ}.", [("meeting", BOTH, "occurred")]),
    (f"{LUND} met with a Peruvian delegation led by Ana Ruiz.", [("meeting", BOTH, "occurred")]),
    (f"{LUND} cancelled a planned meeting with {RUIZ}.", [("meeting", BOTH, "cancelled")]),
]
NONE = [
    f"{LUND} stressed the importance of starting talks with {RUIZ}.",
    f"{LUND} called for a meeting with {RUIZ}.",
    f"{LUND} spoke of the need for talks with {RUIZ}.",
    f"Families of the sailors met {LUND} and {RUIZ}.",
    f"Relatives of Japanese fishermen met {RUIZ} on Monday.",
    "Leaders of the Peruvian Cotton Association met the National Spinners Association on Monday.",
    f"{LUND} spoke at a press conference with {RUIZ}.",
    f"The two agreed that the World Trade Forum, which is held in Lima, is a good place for {LUND}.",
]


@pytest.mark.parametrize(("text", "contacts"), TOLD)
def test_contacts_told(text: str, contacts: list[Told]) -> None:
    assert told(text) == contacts


@pytest.mark.parametrize("text", NONE)
def test_no_contact(text: str) -> None:
    assert told(text) == []
