"""Words beside a name that give its side, where the office itself does not: read from a sentence's items, left to right.

    his Syrian colleague X · X of Latvia, Y of Estonia · on the Lao side were X and Y · the Greek and Cypriot ministers, X and Y
    X's press secretary Y · a message from President Y · accompanied by X and Y · Presidents X and Y

What names a country outright is settled here; what only ties two people together is kept as a bond, for the time when one
of them is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from memcon.extract.home import readable
from memcon.langs.lexicon import Lexicon
from memcon.mentions import Annotated, Figure, Item, NameMention, Office, Org, Sentence
from memcon.model import Span

_PERSONAL = frozenset(
    "colleague colleagues counterpart counterparts peer peers number homologue host guest opponent regime strongman national businessman businesswoman professor scholar lawmaker lawmakers "
    "politician activist diplomat official officials envoy envoys dissident journalist general veteran delegate delegates visitor dignitary statesman".split()
)
_OTHER_SIDE = frozenset("counterpart counterparts peer peers colleague host guest opposite interlocutor homologue visitor".split())
_HIS = frozenset(("his", "her", "their"))
_MESSAGE = frozenset(
    "message messages greetings regards wishes letter letters respects salutations condolences felicitations congratulations embrace compliments cable invitation sympathy thanks gratitude appreciation blessings apologies assurances".split()
)
_ORDER = frozenset(("instance", "behest", "direction", "instructions", "directive", "orders", "behalf"))
_PASS_ON = frozenset("convey conveyed conveying conveys pass passed passing hand handed handing deliver delivered delivering extend extended transmit transmitted relay relayed bring brought carry carried forward forwarded".split())
_COMPANY = frozenset(("accompanied", "accompanying", "flanked", "joined", "comprising", "comprised", "including", "included", "includes", "comprises", "together", "along", "alongside", "with"))
_LED = frozenset(("led", "headed", "chaired"))
_CHAIRING = frozenset("chaired co-chaired cochaired led headed represented chairs co-chairs leads heads".split())
_TRAVELLERS = frozenset(("delegation", "mission", "team", "group", "deputation", "contingent"))
_SIDE = frozenset(("side", "delegation", "team", "party", "part"))
_OFFICIALS = frozenset("government officials representatives leaders authorities ministers delegates dignitaries personalities figures".split())
_HOUSES = frozenset("embassy ministry government parliament mission foreign defence defense consulate army navy senate".split())
_STOP = frozenset(("while", "whereas", "but", "with"))
_LINK = frozenset((",", ";", "and", "&", "the", "as", "well", "by", "were", "was", "are", "is", ":", "(", "both", "respectively", "mr", "ms", "mr.", "ms.", "h.e.", "also", "well as", "his", "her", "namely"))
_VERBS = frozenset(("VBD", "VBZ", "VBP", "MD"))


@dataclass(frozen=True, slots=True)
class Bond:
    """Person ``one`` is of the side of person ``other`` (``same``) or faces it; ``why`` completes "→ country"."""

    one: int
    other: int
    same: bool
    why: str
    span: Span
    loose: bool = False  # only where nothing surer is known


@dataclass(slots=True)
class Cues:
    """Reads the cues of one report."""

    notes: Annotated
    lex: Lexicon
    bonds: list[Bond] = field(default_factory=list)
    titles: dict[str, list[int]] = field(default_factory=dict)  # who holds a title, by its words in lower case
    own: list[tuple[int, Span]] = field(default_factory=list)  # people whom the report itself calls "our" or "my"
    theirs: list[tuple[int, Span]] = field(default_factory=list)  # people whom a speech to guests calls "your"

    def read(self) -> None:
        """Settle what names a country; note the bonds."""
        self._bodies()
        for figure in self.notes.people:
            for title in dict.fromkeys(o.title.lower() for o in figure.offices):
                self.titles.setdefault(title, []).append(figure.index)
        for s in readable(self.notes):
            if s.kind == "headline":
                continue
            at = [k for k, i in enumerate(s.items) if isinstance(i.ref, NameMention)]
            if not at:
                continue
            self._in_turn(s, at)
            self._sides(s, at)
            for k in at:
                self._behind(s, k)
                self._behalf(s, k)
                self._from_side(s, k)
                self._heading(s, k)
                self._before(s, k)
                self._led(s, k)
                known = len(self.bonds)
                self._message(s, k, at)
                if len(self.bonds) == known:
                    self._owner(s, k, at)
            self._company(s, at)
            self._pairs(s, at)

    # -- small helpers -----------------------------------------------------------------------------------------------------

    def _figure(self, s: Sentence, k: int) -> Figure:
        ref = s.items[k].ref
        assert isinstance(ref, NameMention)
        return self.notes.people[ref.person]

    def _open(self, s: Sentence, k: int) -> bool:
        return self._figure(s, k).country is None

    def _give(self, figure: Figure, item: Item, why: str = "said beside the name") -> None:
        figure.country, figure.country_why = str(item.ref), why
        figure.country_spans.append(Span(item.start, item.end))

    def _bodies(self) -> None:
        """Officials of a body that another place of the report gives a country: by its full name before the acronym, or "BODY of LAND"."""
        known: dict[str, tuple[str, Span]] = {}
        for s in readable(self.notes):
            for k, item in enumerate(s.items):
                if not isinstance(item.ref, Org):
                    continue
                country, at = item.ref.country, Span(item.start, item.end)
                if country is None and k + 2 < len(s.items) and s.items[k + 1].low == "of" and s.items[k + 2].kind == "country":
                    country, at = str(s.items[k + 2].ref), Span(item.start, s.items[k + 2].end)
                if country is None:
                    continue
                known.setdefault(item.ref.name, (country, at))
                bracket = next((j for j in range(k + 1, min(len(s.items) - 2, k + 7)) if s.items[j].text == "("), None)
                if bracket is not None and s.items[bracket + 2].text == ")" and s.items[bracket + 1].text.isupper():
                    known.setdefault(s.items[bracket + 1].text, (country, at))
        for figure in self.notes.people:
            org = next((o.org for o in figure.offices if o.org in known), None)
            if figure.country is None and org is not None:
                figure.country, at = known[org]
                figure.country_why, figure.inferred_from = f"{org} is of this country", (at,)

    # -- a country beside the name -----------------------------------------------------------------------------------------

    def _before(self, s: Sentence, k: int) -> None:
        """"his Syrian colleague X", "the Malian opposition politician, X"."""
        items = s.items
        if not self._open(s, k):
            return
        j = k - 1
        comma = j >= 0 and items[j].text == ","
        j -= comma
        ref = items[k].ref
        office = isinstance(ref, NameMention) and items[k].start < ref.name_start
        steps = 0
        while j >= 0 and steps < 4:
            item = items[j]
            if item.kind == "country" and office and not comma and not steps:
                self._give(self._figure(s, k), item)
                return
            if item.kind == "demonym":
                if steps or not comma:
                    self._give(self._figure(s, k), item)
                return
            if item.kind != "word" or not item.text.isalpha() or item.tag in ("IN", "CC", "DT", "TO", *_VERBS) or item.low.startswith("'"):
                return
            if steps == 0 and item.low not in _PERSONAL and item.low not in self.lex.descriptors and not (office and not comma and item.text.islower()):
                return
            j, steps = j - 1, steps + 1

    def _led(self, s: Sentence, k: int) -> None:
        """"a delegation of LAND headed by X", "the LAND parliamentary mission, led by X": who leads travellers is of their country."""
        items = s.items
        if not self._open(s, k):
            return
        j = next((j for j in range(k - 1, max(0, k - 12), -1) if items[j].low == "by" and items[j - 1].low in _LED), None)
        if j is None or any(isinstance(i.ref, NameMention) for i in items[j:k]) and not all(isinstance(i.ref, NameMention) or i.low in ("and", ",") for i in items[j + 1 : k]):
            return
        noun = next((m for m in range(j - 2, max(-1, j - 12), -1) if items[m].low in _TRAVELLERS), None)
        if noun is None or any(isinstance(i.ref, NameMention) for i in items[noun:j]):
            return
        behind = [m for m in range(noun + 1, j) if self._land(items[m]) and items[m].kind != "demonym" and any(i.low in ("of", "from") for i in items[noun + 1 : m])]
        before = [m for m in range(noun - 1, max(-1, noun - 4), -1) if items[m].kind in ("country", "demonym")]
        if behind or before:
            at = items[(behind or before)[0]]
            figure = self._figure(s, k)
            figure.country, figure.country_why = self._land(at), "leads a delegation of this country"
            figure.country_spans.append(Span(at.start, at.end))

    def _behind(self, s: Sentence, k: int) -> None:
        """"X of Latvia", "X (Latvia)", "X, for Latvia,", "X, a Latvian lawmaker"."""
        if not self._open(s, k):
            return
        items = s.items
        j = k + 1
        comma = j < len(items) and items[j].text == ","
        if comma:
            j += 1
        if j >= len(items):
            return
        low = items[j].low
        if low in ("of", "(") and not comma or low in ("for", "from"):
            end = j + 1
            while end < len(items) and items[end].low in ("the", "republic", "kingdom", "state", "of", "federal", "united", "states"):
                end += 1
            org = items[end].ref if end < len(items) else None
            if low == "of" and isinstance(org, Org) and org.country and _HOUSES & set(items[end].low.split()):
                figure = self._figure(s, k)
                figure.country, figure.country_why = org.country, "of a body of this country"
                figure.inferred_from = (Span(items[end].start, items[end].end),)
                return
            if low == "of" and end + 1 < len(items) and items[end].kind == "demonym" and items[end + 1].low in _HOUSES:
                self._give(self._figure(s, k), items[end])
                return
            closed = end + 1 >= len(items) or not items[end + 1].text[:1].isalnum() or items[end + 1].low in ("and", "who")
            if end < len(items) and items[end].kind == "country" and closed and (low in ("of", "(") or comma):
                self._give(self._figure(s, k), items[end])
        elif comma and low in ("a", "an", "the"):
            self._apposition(s, k, j + 1)

    def _heading(self, s: Sentence, k: int) -> None:
        """"the Presidents of PERU, X; and CANADA, Y": the country heads the name in a list of one office."""
        items = s.items
        j = k - 1 - (items[k - 1].text == ",") if k else -1
        if j < 0 or j == k - 1 or not self._open(s, k):
            return
        item = items[j]
        plural = any(isinstance(i.ref, Office) and i.ref.plural for i in items[: j + 1])
        before = items[j - 1].low if j else ""
        if plural and item.kind == "country" and before in (";", "and", ",", "of", "the"):
            self._give(self._figure(s, k), item)
        elif isinstance(item.ref, Office) and item.ref.plural and item.ref.country and item.ref.country_span:
            figure = self._figure(s, k)
            figure.country, figure.country_why = item.ref.country, "said beside the name"
            figure.country_spans.append(item.ref.country_span)

    def _behalf(self, s: Sentence, k: int) -> None:
        """"signed by X, Minister of Y, on behalf of LAND and Z for OTHER LAND"."""
        items = s.items
        j = k + 1 + (k + 1 < len(items) and items[k + 1].text == ",")
        words = " ".join(i.low for i in items[j : j + 3])
        size = 3 if words.startswith(("on behalf of", "on the part")) else 1 if words.startswith("representing") else 0
        if not size or not self._open(s, k):
            return
        for item in items[j + size : j + size + 5]:
            if item.kind in ("country", "demonym"):
                self._give(self._figure(s, k), item)
                return
            if item.low not in ("the", "of", "government", "republic", "side", "kingdom"):
                return

    def _from_side(self, s: Sentence, k: int) -> None:
        """"X co-chaired the consultations from the LAND side", "X led the LAND delegation"."""
        if not self._open(s, k) or k + 1 >= len(s.items) or s.items[k + 1].low not in _CHAIRING:
            return
        items = s.items
        for j in range(k + 2, min(len(items) - 1, k + 12)):
            if isinstance(items[j].ref, NameMention):
                return
            side = j + 1 + (items[j + 1].low in ("'s", "side's"))
            if items[j].kind in ("demonym", "country") and side < len(items) and items[side].low in _SIDE:
                self._give(self._figure(s, k), items[j], "leads this side")
                return

    def _apposition(self, s: Sentence, k: int, j: int) -> None:
        items = s.items
        if j >= len(items) or items[j].kind != "demonym":
            return
        for m in range(j + 1, min(len(items), j + 4)):
            if items[m].low in _PERSONAL or items[m].low in self.lex.descriptors:
                follows = m + 1 >= len(items) or not isinstance(items[m + 1].ref, NameMention)
                if follows:
                    self._give(self._figure(s, k), items[j])
                return
            if items[m].kind != "word" or not items[m].text.isalpha():
                return

    # -- lists ---------------------------------------------------------------------------------------------------------------

    def _in_turn(self, s: Sentence, at: list[int]) -> None:
        """"the ambassadors of Finland, Cuba and Zambia, X, Y and Z": as many countries as people, in the same order."""
        lands = {k: self._land(i) for k, i in enumerate(s.items)}
        runs = self._runs(s.items, [k for k, land in lands.items() if land])
        names = self._runs(s.items, at)
        for run in runs:
            after = next((n for n in names if n[0] >= run[-1] and n[0] - run[-1] <= 8), None)
            stands = [lands[k] or "" for k in run]
            if after is None or len(after) != len(run) or len(set(stands)) != len(run):
                continue
            if any(self._figure(s, k).country not in (None, *stands) for k in after):
                continue
            for c, k in zip(run, after, strict=True):
                figure = self._figure(s, k)
                figure.country, figure.country_why = lands[c], "countries and people in the same order"
                figure.country_spans[:] = [Span(s.items[c].start, s.items[c].end)]

    def _land(self, item: Item) -> str | None:
        """The country an item names or opens with: "French counterparts, X", "ambassadors of Finland"."""
        if item.kind in ("country", "demonym"):
            return str(item.ref)
        if isinstance(item.ref, Org):
            return item.ref.country
        if isinstance(item.ref, Office):
            return item.ref.country if item.ref.plural else None
        if isinstance(item.ref, NameMention) and item.ref.country_span and item.ref.country_span.start == item.start:
            return item.ref.country
        return None

    def _runs(self, items: Sequence[Item], at: list[int]) -> list[list[int]]:
        """Runs of two or more of the given items that only commas, "and" and articles part."""
        out: list[list[int]] = []
        for k in at:
            if out and all(items[j].low in _LINK for j in range(out[-1][-1] + 1, k)):
                out[-1].append(k)
            else:
                out.append([k])
        return [run for run in out if len(run) > 1]

    def _sides(self, s: Sentence, at: list[int]) -> None:
        """"On the Lao side were X and Y", "the Lao delegation included X and Y", "Laos was represented by X"."""
        items = s.items
        for j, item in enumerate(items):
            if item.kind not in ("demonym", "country") or j + 2 >= len(items):
                continue
            k = j + 1 + (items[j + 1].text == "'s")
            if items[k].low not in _SIDE and items[k].low not in _OFFICIALS and items[k].low != "was":
                continue
            nxt = " ".join(i.low for i in items[k + 1 : k + 5] if i.low not in ("also", "further"))
            on = j > 0 and any(i.low in ("on", "from") for i in items[max(0, j - 2) : j]) and items[k].low in _SIDE
            on = on and not any(i.low in _CHAIRING for i in items[max(0, j - 7) : j])  # "A co-chaired the talks from the X side, and B …"
            among = nxt.removeprefix(", ").startswith(("including", "namely", "among them", "such as"))
            listed = among or items[k].low in _SIDE and nxt.startswith(("included", "includes", "comprised", "was represented", "was led", "was headed", "is led", "led by", "headed by", "consisted", ":"))
            if on or listed or items[k].low == "was" and nxt.startswith("represented by"):
                for m in self._following(items, k, at):
                    if self._open(s, m):
                        self._give(self._figure(s, m), item, "named on a side")

    def _following(self, items: Sequence[Item], k: int, at: list[int]) -> Iterator[int]:
        """The people listed after item ``k``, up to the next side or clause."""
        for m in range(k + 1, len(items)):
            item = items[m]
            if item.low in _SIDE and m > k + 1 or item.text == ";" or item.low in _STOP:
                return
            if item.tag in _VERBS and item.low not in _LINK and m > k + 2:
                return
            if m in at:
                yield m

    # -- bonds ---------------------------------------------------------------------------------------------------------------

    def _owner(self, s: Sentence, k: int, at: list[int]) -> None:
        """"X's press secretary Y", "his Foreign Minister Y", "my colleague Y"."""
        items = s.items
        j = k - 1
        while j >= 0 and k - j <= 5 and (items[j].kind == "demonym" or items[j].kind == "word" and items[j].tag.startswith(("JJ", "NN", ",")) and items[j].low not in ("'s", "my", "our")):
            j -= 1
        if j < 0:
            return
        words = {i.low for i in items[j + 1 : k]} | set(items[k].low.split())
        span = Span(items[j].start, items[k].end)
        if items[j].low in ("my", "our"):
            if words & _OTHER_SIDE - {"colleague"}:
                return  # "my counterpart NAME" is of the other side
            self.own.append((self._figure(s, k).index, span))
            return
        if items[j].low == "your" and not items[j].quoted:
            self.theirs.append((self._figure(s, k).index, span))
            return
        if items[j].low == "its":
            self._its(s, k, j)
            return
        owner = self._possessor(s, j, at)
        if owner is None or owner == self._figure(s, k).index:
            return
        facing = bool(words & _OTHER_SIDE)
        why = "the counterpart of someone of the other side" if facing else "belongs to someone of this side"
        self.bonds.append(Bond(self._figure(s, k).index, owner, not facing, why, span))

    def _its(self, s: Sentence, k: int, j: int) -> None:
        """"The Communist Party of LAND … its General Secretary X"."""
        item = next((i for i in reversed(s.items[:j]) if i.kind in ("country", "demonym") or isinstance(i.ref, Org)), None)
        country = item.ref.country if item is not None and isinstance(item.ref, Org) else str(item.ref) if item is not None else None
        before = s.items[s.items.index(item) - 1] if item is not None and s.items.index(item) else None
        if item is not None and country is None and before is not None and before.kind in ("country", "demonym"):
            item, country = before, str(before.ref)
        if item is not None and country and self._open(s, k):
            figure = self._figure(s, k)
            figure.country, figure.country_why = country, "of a body of this country"
            figure.inferred_from = (Span(item.start, item.end),)

    def _possessor(self, s: Sentence, j: int, at: list[int]) -> int | None:
        items = s.items
        if items[j].text == "'s" and j - 1 in at:
            return self._figure(s, j - 1).index
        if items[j].low in _HIS:
            before = [k for k in at if k < j]
            subjects = [k for k in before if items[k].dep in ("nsubj", "nsubjpass")]
            if subjects or before:
                return self._figure(s, (subjects or before)[-1]).index
        return None

    def _message(self, s: Sentence, k: int, at: list[int]) -> None:
        """"X conveyed a message from Y": Y sends X. "X's greetings", "at the instance of X" the same."""
        items = s.items
        noun = next((j for j in range(k - 1, max(-1, k - 12), -1) if items[j].low in _MESSAGE or items[j].low in _ORDER), None)
        if noun is not None and items[noun].low == "invitation" and self._invited_to(s, k, noun):
            return
        if noun is not None and not self._sent_by(items, noun, k):
            noun = None
        if noun is None and k + 1 < len(items) and items[k + 1].text == "'s":
            noun = next((j for j in range(k + 2, min(len(items), k + 5)) if items[j].low in _MESSAGE), None)
        if noun is None:
            return
        verb = next((j for j in range(max(noun, k) - 1, -1, -1) if items[j].low in _PASS_ON), None)
        if items[noun].low in _ORDER:
            verb = noun
        if verb is not None:
            self._sender(s, k, verb, noun, at)

    def _sent_by(self, items: Sequence[Item], noun: int, k: int) -> bool:
        """Whether only "from", "of", "by", "on behalf of" and styles stand between the message and the name."""
        between = [i.low for i in items[noun + 1 : k]]
        near = set(between[-4:])
        return bool({"from", "of", "by"} & near) and not {"passing", "death", "demise", "loss", "on", "over", "for", "at", "to"} & (set(between) - ({"on"} if "behalf" in near else set()))

    def _invited_to(self, s: Sentence, k: int, noun: int) -> bool:
        """"an invitation from X to visit LAND": X is of that land."""
        if not {"from", "of"} & {i.low for i in s.items[max(noun, k - 4) : k]} or not self._open(s, k):
            return False
        for j in range(noun + 1, min(len(s.items), k + 9)):
            if s.items[j].kind == "country" and s.items[j - 1].low in ("visit", "to", "in"):
                figure = self._figure(s, k)
                figure.country, figure.country_why = str(s.items[j].ref), "invites to a visit there"
                figure.inferred_from = (Span(s.items[noun].start, s.items[j].end),)
                return True
        return False

    def _sender(self, s: Sentence, k: int, verb: int, noun: int, at: list[int]) -> None:
        """Tie the sender of a message to its bearer: a person, an office with its country, "he"; "who" leaves the side before it."""
        items = s.items
        span = Span(items[min(verb, noun)].start, items[max(verb, noun)].end)
        one = self._figure(s, k).index
        before = [j for j in range(verb) if j in at or items[j].low in ("he", "she", "who") or (isinstance(items[j].ref, Office) and items[j].dep in ("nsubj", "nsubjpass"))]
        if not before:
            return
        bearer = items[before[-1]]
        if isinstance(bearer.ref, Office):
            if bearer.ref.country and self._open(s, k):
                figure = self._figure(s, k)
                figure.country, figure.country_why, figure.inferred_from = bearer.ref.country, "sends a message by an official of this side", (Span(bearer.start, bearer.end),)
        elif bearer.low == "who" and before[-1] - 1 not in at and before[-1] - 2 not in at:
            facing = [j for j in before if j in at]
            if facing:
                self.bonds.append(Bond(one, self._figure(s, facing[0]).index, False, "sends a message to the side of someone else", span))
        else:
            other = self._figure(s, before[-1]).index if before[-1] in at else self._last_before(s)
            if other is not None and other != one:
                self.bonds.append(Bond(one, other, True, "sends a message by someone of this side", span))

    def _entourage(self, items: Sequence[Item], j: int) -> bool:
        """Whether "including" lists somebody's people: "a delegation including", "X's administration, including"."""
        for k in range(max(0, j - 6), j):
            if items[k].low in ("delegation", "entourage", "team"):
                return True
            if items[k].low in ("administration", "cabinet", "government") and k and items[k - 1].text == "'s":
                return True
        return False

    def _leader(self, s: Sentence, j: int) -> int | None:
        """Who is accompanied where item ``j`` says so: "the Prime Minister" by his title, "he" by the sentence before."""
        office = next((i.ref for i in s.items[:j] if isinstance(i.ref, Office) and i.dep in ("nsubj", "nsubjpass")), None)
        if office is None:
            return self._last_before(s)
        held = self.titles.get(office.title.lower(), [])
        return held[0] if len(held) == 1 else None

    def _last_before(self, s: Sentence) -> int | None:
        """The person who opened the sentence before: whom "he" and "she" mean."""
        if s.index == 0:
            return None
        before = self.notes.sentences[s.index - 1]
        at = [k for k, i in enumerate(before.items) if isinstance(i.ref, NameMention)]
        subjects = [k for k in at if before.items[k].dep in ("nsubj", "nsubjpass")]
        return self._figure(before, (subjects[-1:] or at)[0]).index if at else None

    def _company(self, s: Sentence, at: list[int]) -> None:
        """"X, accompanied by Y and Z", "accompanying X were Y and Z", "the delegation includes Y"."""
        items = s.items
        for j, item in enumerate(items):
            if item.low not in _COMPANY:
                continue
            following = list(self._listed(items, j, at))
            if item.low == "accompanying" and j and items[j - 1].low in ("are", "were", "is", "was", "be", "been", "also"):
                led, company = following[:1], [k for k in at if k < j]  # "X and Y are accompanying him"
            elif item.low == "accompanying":
                led = following[:1]
                be = next((m for m in range(j, len(items)) if items[m].low in ("are", "were", "is", "was")), None)
                company = list(self._listed(items, be, at)) if be is not None else following[1:]
            elif item.low == "alongside" and j == 0:
                led = [k for k in following if items[k].dep in ("nsubj", "nsubjpass")][:1]
                company = [k for k in following if led and k < led[0]]
                if not led:
                    continue
            elif item.low in ("together", "along", "alongside"):
                close = [k for k in following[:1] if k - j <= 3 and items[j + 1].low == "with"]
                led, company = [k for k in at if k < j][-1:], close if j > 0 else []
                if not led:
                    continue
            elif item.low == "with":
                led, company = [], following if j == 0 and items[1].low in ("him", "her") and items[2].low in ("were", "was", "are", "is") else []
            else:
                led, company = [k for k in at if k < j][-1:], following
                if item.low not in ("accompanied", "flanked", "joined") and not self._entourage(items, j):
                    continue
            leader = self._figure(s, led[0]).index if led else self._leader(s, j)
            for k in company:
                if leader is not None and self._figure(s, k).index != leader:
                    span = Span(item.start, item.end)
                    self.bonds.append(Bond(self._figure(s, k).index, leader, True, "in the company of someone of this side", span))

    def _listed(self, items: Sequence[Item], j: int, at: list[int]) -> Iterator[int]:
        """The people of the list that follows item ``j``: up to the verb that goes on with the sentence."""
        last = j
        for m in range(j + 1, len(items)):
            if m in at:
                yield m
                last = m
            elif items[m].low in ("who", "which", "where", "when", "while", "in", "at", "to", "on") and last > j:
                return
            elif items[m].tag in _VERBS and items[m].low not in ("were", "was", "are", "is"):
                return

    def _pairs(self, s: Sentence, at: list[int]) -> None:
        """"Foreign Ministers X and Y": one office, two holders, so two countries."""
        for run in self._runs(s.items, at):
            first = s.items[run[0]].ref
            assert isinstance(first, NameMention)
            self._together(s, run)
            plural = s.items[run[0]].low.removeprefix("the ").split(" ")[:3]
            if len(run) != 2 or not any(w in ("presidents", "ministers", "premiers", "kings", "chancellors") for w in plural):
                continue
            bare = s.items[run[1]].start == getattr(s.items[run[1]].ref, "name_start", -1)
            if bare:
                one, two = self._figure(s, run[0]).index, self._figure(s, run[1]).index
                span = Span(s.items[run[0]].start, s.items[run[1]].end)
                self.bonds.append(Bond(two, one, False, "one office, two holders", span))
                self.bonds.append(Bond(one, two, False, "one office, two holders", span))


    def _together(self, s: Sentence, run: list[int]) -> None:
        """"met President X of LAND and Prime Minister Y": those named together after a verb or a preposition are of one side."""
        first = run[0]
        self._in_order(s, run)
        if self._one_subject(s, run):
            return
        listed = first > 0 and len(run) > 2 and s.items[first - 1].low in (":", "included", "including", "includes")
        if not listed and (s.items[first].dep not in ("pobj", "dobj") or first == 0 or s.items[first - 1].low in ("between", "of", "from", "to", "for")):
            return
        if len({self._figure(s, k).country for k in run} - {None}) != 1:
            return
        for k in run[1:]:
            ref = s.items[k].ref
            if isinstance(ref, NameMention) and ref.offices and (listed or s.items[k].start < ref.name_start) and not ref.country and (listed or s.items[k].dep in ("conj", "appos")):
                one, other = self._figure(s, k).index, self._figure(s, first).index
                if one != other:
                    self.bonds.append(Bond(one, other, True, "named together with someone of this side", Span(s.items[first].start, s.items[k].end), True))

    def _one_subject(self, s: Sentence, run: list[int]) -> bool:
        """"The Xish minister A and adviser B held talks with C": two with different titles who act together on somebody else are of one side."""
        items = s.items
        one, two = items[run[0]].ref, items[run[-1]].ref
        if len(run) != 2 or items[run[0]].dep not in ("nsubj", "nsubjpass") or not isinstance(one, NameMention) or not isinstance(two, NameMention):
            return False
        titled = one.offices and two.offices and items[run[1]].start < two.name_start and one.offices[0].title.lower() != two.offices[0].title.lower()
        met = [k for k, i in enumerate(items) if k > run[1] and isinstance(i.ref, NameMention) and i.dep in ("dobj", "pobj") and items[k - 1].low in ("with", "met", "on", "received", "hosted")]
        own, other = self._figure(s, run[0]), self._figure(s, run[1])
        if not titled or not met or two.country or other.country or not own.country or own.index == other.index:
            return False
        self.bonds.append(Bond(other.index, own.index, True, "acts together with someone of this side", Span(items[run[0]].start, items[run[1]].end), True))
        return True

    def _in_order(self, s: Sentence, run: list[int]) -> None:
        """"Both the Xish and the Yish sides will carry out what President A and President B agreed": two holders of one office, in the order of two countries."""
        items = s.items
        figures = [self._figure(s, k) for k in run]
        if len(run) != 2 or any(f.country for f in figures) or figures[0] is figures[1]:
            return
        titles = [[o.title.lower() for o in i.ref.offices] for k in run if isinstance((i := items[k]).ref, NameMention)]
        named = [i for i in items[: run[0]] if i.kind in ("country", "demonym")]
        if len(titles) != 2 or titles[0] != titles[1] or len(titles[0]) != 1 or len(named) != 2 or len({str(i.ref) for i in named}) != 2:
            return
        between = [i.low for i in items[items.index(named[0]) + 1 : items.index(named[1])]]
        if all(w in ("and", "the", "&", "-") for w in between):
            for figure, item in zip(figures, named, strict=True):
                self._give(figure, item, "named in the order of two countries")


__all__ = ["Bond", "Cues"]
