"""Which country a person acts for: sentences of our own, invented names, and what a careful reader would say."""

from __future__ import annotations

import pytest

from memcon.model import Document, Memorandum
from memcon.run import read_document


def memo(text: str) -> Memorandum:
    return read_document(Document(id="x", text=text, language="en"))


def countries(text: str) -> dict[str, str | None]:
    return {person.name.split()[-1]: person.country for person in memo(text).people}


# Words beside a name.
BESIDE = [
    ("Minister Ana Ferrolo received his Peruvian colleague Luis Tarmeno in Lisbon.", {"Tarmeno": "PE"}),
    ("The talks were attended by Jonas Kalnietis of Latvia, Rasa Petrute of Lithuania and Tiit Oravere of Estonia.", {"Kalnietis": "LV", "Petrute": "LT", "Oravere": "EE"}),
    ("The President received the ambassadors of Finland, Cuba and Zambia, Katja Lindroos, Ramiro Estevan and Rosa Sakalo.", {"Lindroos": "FI", "Estevan": "CU", "Sakalo": "ZM"}),
    ("On the Vietnamese side was Pham Duc Lanh, deputy minister of industry.", {"Lanh": "VN"}),
    ("The Chinese delegation also included Mr. Lin Taolin, Deputy Director General IDXPC, and Ms Li Jinyan, Director IDXPC.", {"Taolin": "CN", "Jinyan": "CN"}),
    ("The documents were exchanged by Abdel Karim Nouri, Minister of Transport, on behalf of Morocco.", {"Nouri": "MA"}),
    ("He met President Omar Ndongo from Gabon and HE Ambassador Hans Udorf of Germany.", {"Ndongo": "GA", "Udorf": "DE"}),
    ("Foreign Minister of Chile Pedro Almarza met his Norwegian counterpart Lars Hovland.", {"Almarza": "CL", "Hovland": "NO"}),
]  # fmt: skip

# Where a contact takes place, who attends, and who is thanked.
MET = [
    # the venue is neither side
    ("National Security Advisor Jack Sully met Foreign Minister Wang Yimou of China in Malta. The United States wants open lines. The U.S.-China relationship was discussed.",
     {"Sully": "US"}),
    # those who attend a meeting at home do not face anybody
    ("The discussion was on the operation in Ukraine. The meeting was attended by State Duma Speaker Pavel Volodov, Deputy Chairman of the Security Council Denis Medved and others.",
     {"Medved": "RU"}),
    # in another country, "where he will meet"
    ("WASHINGTON (Reuters) - The U.S. Senate voted on Tuesday. President David Tramp will shift focus to China, where he is expected to press a reluctant President Xu Jinlong.",
     {"Jinlong": "CN"}),
    ("Dr. Karl Kang, the Senior Official for Arms Control, signed for the United States, and Kwaku Sarpo, Deputy Minister for Foreign Affairs, signed for Ghana.",
     {"Kang": "US", "Sarpo": "GH"}),
    ("A delegation of the Ministry of Defence of the Royal Government of Cambodia headed by Co-Ministers of Defence Sok Vannak and Chan Darak arrived in Pyongyang.",
     {"Vannak": "KH", "Darak": "KH"}),
    # the office weighs more than a place in a list of counterparts
    ("DHAKA U.S. Secretary of State John Karry offered help on Saturday, officials of both countries said here. Home Minister Asad Khanam rejected the claims in Bangladesh.",
     {"Karry": "US", "Khanam": "BD"}),
]  # fmt: skip

# Words that tie two people together.
TIED = [
    ("Hungarian President Gabor Tolnai came with his press secretary Zoltan Kovary.", {"Kovary": "HU"}),
    ("Thai Prime Minister Somchai Ratana, accompanied by Trade Minister Pichai Wongsa, visited Cairo on Monday.", {"Wongsa": "TH"}),
    ("Danish Foreign Minister Mette Kragh conveyed greetings from Prime Minister Poul Vestager to the host.", {"Vestager": "DK"}),
    ("Kenyan Foreign Minister Amina Wanjala is here at the behest of President Josphat Kiprono.", {"Kiprono": "KE"}),
    ("President Ruslan Abitov accepted an invitation from Prime Minister Carl Brody to visit Canada.", {"Brody": "CA"}),
]  # fmt: skip

HOME = [
    # a letterhead at the foot
    ("Minister Receives Ambassador\n\nForeign Minister Peter Sumanadasa met Egyptian Foreign Minister Sameh Nabil today.\n\nMinistry of Foreign Affairs\nColombo\n\n24 September 2021", {"Sumanadasa": "LK"}),
    # an embassy's sign-off names two places; it speaks for the first
    ("Ambassador Amara Kollie presented his letters to United States President Donald Reed. He conveyed the wishes of President Julius Bangura.\n\nEmbassy of Sierra Leone, Washington, DC", {"Bangura": "SL"}),
    # a dateline with the agency unbracketed
    ("Prime Minister Honors Players\n\nTOKYO, Aug. 19, Kyodo\n\nPrime Minister Naoki Kanda thanked the team for its victory over the United States.", {"Kanda": "JP"}),
    # a foreigner comes to it
    ("British Foreign Secretary James Whitlow arrived in Nairobi on Monday. He met President Joseph Mutua and Foreign Minister Grace Wekesa.", {"Mutua": "KE", "Wekesa": "KE"}),
    # an agency that reports from abroad
    ("ISLAMABAD, Jan. 28 (Xinhua) -- Afghan Defense Minister Bashir Khan Noori arrived on Sunday. Prime Minister Rashid Parvez received the guest.", {"Parvez": "PK"}),
    # the second of two agencies
    ("Geneva, October 13 (ANI/WAM): Sultan Al Marzan, Minister of Economy, met Iranian Minister of Economy Reza Karimi. Al Marzan stressed the position of the UAE.", {"Marzan": "AE"}),
]  # fmt: skip

ABROAD = [
    # hosts are named without a country where the traveller is known
    ("BERLIN, March 3 (dpa) - Foreign Minister Karla Westhoff left Berlin on Monday for a visit to Albania. In Tirana she will meet Prime Minister Sokol Berati.", {"Berati": "AL"}),
    # what a sentence tells where another place opens it
    ("NEW DELHI, Dec 1 (PTI) - External Affairs Minister Pran Mukhopadhyay demanded action. In Islamabad, Prime Minister Yasir Gillani rejected the demand.", {"Gillani": "PK"}),
    # a country has one prime minister
    ("DUBLIN - Prime Minister of Ireland Sean Moran met the Canadian delegation. He thanked Prime Minister Mark Carling for Canada's help, and said Canada was a friend.", {"Carling": "CA"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), [*BESIDE, *MET, *TIED, *HOME, *ABROAD])
def test_countries(text: str, wanted: dict[str, str | None]) -> None:
    found = countries(text)
    assert {name: found.get(name) for name in wanted} == wanted


NOBODYS = [
    # officials of international bodies, whatever their mission is called
    ("ACCRA, May 2 (GNA) - The Head of the OSCE Mission to Moldova, William Hale, spoke in Chisinau.", "Hale"),
    ("ACCRA, May 2 (GNA) - President Kwame Asante of Ghana received NATO Deputy Secretary General Rose Winter.", "Winter"),
    # private people
    ("ACCRA, May 2 (GNA) - The coach Karin Holm praised the players of her club.", "Holm"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), NOBODYS)
def test_nobody_acts_for_a_country(text: str, name: str) -> None:
    assert countries(text).get(name) is None


def test_an_inferred_country_says_why_and_rests_on_words() -> None:
    text = "Danish Foreign Minister Mette Kragh conveyed greetings from Prime Minister Poul Vestager to the host."
    person = next(p for p in memo(text).people if p.name == "Poul Vestager")
    assert person.country == "DK"
    assert "Mette Kragh" in person.derivation["country"]
    spans = person.evidence.fields["country"]
    assert spans
    assert all(text[s.start : s.end].strip() for s in spans)


def test_a_reference_with_a_country_is_none_of_two_unknown_holders() -> None:
    text = (
        "ISLAMABAD: The Kuwaiti foreign minister will arrive here on Thursday on a two-day visit to Pakistan.\n\n"
        "Minister of Foreign Affairs Sheikh Ahmed Al-Mansur is visiting Pakistan on the invitation of Foreign Minister Shahid Qadri."
    )
    assert countries(text) == {"Al-Mansur": "KW", "Qadri": "PK"}


def test_the_envoy_told_of_before() -> None:
    text = "The Polish Foreign Ministry has summoned Israel's ambassador in Warsaw. Ambassador Anna Azar was received by the ministry. Poland spoke of its displeasure with Israel."
    assert countries(text) == {"Azar": "IL"}


OPEN = [
    # the countries that the talk is about are no one's whom it does not place
    (
        ("The main attention was paid to the Ukrainian crisis. President of Russia Pavel Orlov told Sauli Virtanen about his talks with US President Joel Reed. "
        "The Ukrainian authorities use force. Pavel Orlov supported President Virtanen's initiative."),
        "Virtanen",
    ),
    ("Russia fired missiles at Ukraine from Belarus. Russian missiles entered Polish airspace, Poland said. The proposal was signed during President Viktor Zelenko's visit to Warsaw.", "Zelenko"),
    ("Football is popular in Ukraine. President of Ukraine Viktor Zelenko met Aleksander Ceferan, who arrived in Ukraine. Ukraine together with Poland held the finals.", "Ceferan"),
    ("In a follow-up to President Maron's recent visit to Moscow, the leaders discussed Ukraine. The President of Russia noted that NATO and the United States arm Kiev. Russia seeks guarantees.", "Maron"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), OPEN)
def test_a_country_that_is_only_talked_about_is_nobodys(text: str, name: str) -> None:
    assert countries(text)[name] is None


def test_nobody_is_of_a_country_that_he_travels_to() -> None:
    text = (
        "On the third day of his state visit to China, President Kumara Disanaike took part in talks. China's growth was praised. He met Chinese Premier Li Qian. "
        "The delegation included Foreign Minister Vijit Herat and Sri Lankan Ambassador to China, Majin Jayes. China will help Sri Lanka, the Chinese side said."
    )
    assert countries(text)["Disanaike"] == "LK"


def test_nothing_is_guessed_where_nothing_decides() -> None:
    assert countries("President Omar Baskin thanked the players for their work.") == {"Baskin": None}


# Who receives: travellers are guests, people at home are hosts, envoys are guests of those to whom they are sent.
RECEIVES = [
    ("Danish Foreign Minister Mette Kragh travelled to Ghana on Monday. She met Ghanaian President Kofi Asamoah on Tuesday.", "Asamoah"),
    ("Norwegian Prime Minister Lars Hovland met Chilean President Pedro Almarza in Santiago on Monday.", "Almarza"),
    ("Finnish Foreign Minister Katja Lindroos met Peruvian Foreign Minister Luis Tarmeno in Geneva on Monday.", "Lindroos"),
    ("Jorma Vaisanen, Ambassador of Finland to Kenya, met Kenyan Foreign Minister Amina Wanjala on Monday.", "Wanjala"),
    ("ACCRA, May 3 - Danish Foreign Minister Mette Kragh and Ghanaian Foreign Minister Yaw Boateng held talks on Monday.", "Boateng"),
    ("Danish Foreign Minister Mette Kragh telephoned Ghanaian Foreign Minister Yaw Boateng on Monday.", "Kragh"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "host"), RECEIVES)
def test_who_receives(text: str, host: str) -> None:
    (contact,) = memo(text).meetings
    assert [name.split()[-1] for name in contact.hosts] == [host]
    assert len(contact.guests) == 1


def test_the_order_of_sides_says_why() -> None:
    (contact,) = memo("Norwegian Prime Minister Lars Hovland met Chilean President Pedro Almarza in Santiago on Monday.").meetings
    assert "where they met" in contact.derivation["hosts"]


# What a state's form rules out.
FORMS = [
    ("HELSINKI, May 3 (STT) - Finnish President Aino Lund left for Amman on Monday. She will call on King Faris III on Tuesday. Ties of Finland and Jordan are good.", "Faris", "JO"),
    ("OTTAWA - Canadian Foreign Minister Carl Brody spoke of Senegal on Monday. Senegal thanked Canada. President Modou Wadde did not speak.", "Wadde", "SN"),
    ("Officials of Oman said on Monday that Sultan Hamed bin Salim will receive the guests from Ghana.", "Salim", "OM"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "country"), FORMS)
def test_forms_of_state(text: str, name: str, country: str) -> None:
    assert [p.country for p in memo(text).people if name in p.name] == [country]


def test_people_of_an_embassy() -> None:
    assert countries("Rasa Petrute of the Lithuanian Embassy met Polish Minister Jan Kowalec on Monday.")["Petrute"] == "LT"


def test_who_is_back_from_a_country_is_not_at_home_there() -> None:
    found = countries("The Minister for Ports, Aino Lund, arrived back in Oslo last night after visits to Peru and Chile. In Lima she met Foreign Minister Juan Rojas.")
    assert found["Rojas"] == "PE"
    assert found["Lund"] != "PE"
