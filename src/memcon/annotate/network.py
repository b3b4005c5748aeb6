"""The tagger's and parser's arithmetic in plain numpy, for the shipped model's architecture.

spaCy's own run of the same weights spends most of its time around the arithmetic: copies between its layers, a call of a
matrix library for every step of every sentence. Here a word's embedding, which depends on the word alone, is computed once
and kept; the sentences of a report go through the layers as one array; and all of them are parsed in step. The transition
system is spaCy's arc-eager one (Honnibal & Johnson 2015, non-monotonic; pseudo-projective labels after Nivre & Nilsson 2005).

What comes out is what spaCy gives: `Network.of` tries both on sentences of its own, and gives None where they differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

_Floats = NDArray[np.float32]

_PAD: Final = 4  # rows of nothing around each sentence: as far as a word's surroundings reach
_FEATURES: Final = 8  # words of a state that decide its next step
_KEPT: Final = 32_768  # embeddings kept: 96 numbers of 4 bytes each
_TOGETHER: Final = 16  # words embedded at once: always as many, so that a word's numbers never depend on its neighbours'
_NONE: Final = -1
_CHECK: Final = (
    "The minister said on Monday that Smith would visit IBM next week , and that IBM had agreed to it .",
    "He was received by Jones , who thanked him for the warm welcome .",
    "What the two sides had signed there is not known yet .",
    "Talks",
    "Smith and Jones , the two ministers of trade , met here to discuss ways to expand cooperation between them in 2022 .",
)
_SHIFT, _REDUCE, _ARC = 0, 1, 2  # kinds of steps; the first two are also the numbers of the only steps of their kind


class Parsed(NamedTuple):
    """One sentence: for each word its tag, its relation, and the index of its head (its own for a root)."""

    tags: list[str]
    deps: list[str]
    heads: list[int]


class _Layer(NamedTuple):
    """Maxout of three pieces, then normalisation. ``weights`` is inputs × (pieces · outputs)."""

    weights: _Floats
    bias: _Floats
    gain: _Floats
    shift: _Floats

    def __call__(self, rows: _Floats) -> _Floats:
        out = rows @ self.weights
        out += self.bias
        out = _normal(_maxout(out, len(self.gain)))
        out *= self.gain
        out += self.shift
        return out


class _State:
    """One sentence being parsed: spaCy's StateC, as far as one sentence that is not to be cut needs it."""

    __slots__ = ("at", "buffer", "heads", "labels", "last", "left", "length", "offset", "prior", "right", "stack", "stuck")

    def __init__(self, at: int, length: int, offset: int) -> None:
        self.at, self.length, self.offset = at, length, offset
        self.stack = [0]  # the first step is always to take the first word
        self.last = 1  # first word not yet taken
        self.buffer: list[int] = []  # words put back
        self.heads = [_NONE] * length
        self.labels = [_NONE] * length
        self.left = [_NONE] * length  # a word's latest child to its left, and to its right
        self.right = [_NONE] * length
        self.prior = [_NONE] * length  # the child to the right that its head had before
        self.stuck = [False] * length  # put back once already


class Network:
    """The shipped model's weights, ready for `parse`. One a process; keeps up to `_KEPT` embeddings."""

    def __init__(self, nlp: Any) -> None:
        """Take the weights out of a spaCy pipeline.

        Raises:
            LookupError, ValueError, AttributeError: the pipeline has another architecture.
        """
        self._nlp = nlp
        embed, encode = nlp.get_pipe("tok2vec").model.layers
        self._hashed = embed.layers[:-2]  # words → hashes → looked-up vectors, side by side
        self._reduce = _layer(embed.layers[-2])
        self._encode = [_layer(residual) for residual in encode.layers[0].layers]
        if encode.attrs["pad"] != _PAD:
            raise ValueError(f"the model pads sentences with {encode.attrs['pad']} rows, not {_PAD}")
        tagger, parser = nlp.get_pipe("tagger"), nlp.get_pipe("parser")
        softmax = tagger.model.layers[-1].layers[0]
        self._tag_weights, self._tag_bias = _turned(softmax.get_param("W")), softmax.get_param("b")
        self._tags = list(tagger.labels)
        self._take_parser(parser)
        width = len(self._reduce.gain)
        self._vectors = np.zeros((_KEPT + 1, width), dtype="float32")  # the first row is padding
        self._rows: dict[str, int] = {}

    @classmethod
    def of(cls, nlp: Any) -> Self | None:
        """The network of a pipeline, or None where it has another architecture or gives another result than spaCy."""
        try:
            network = cls(nlp)
            texts = [text.split() for text in _CHECK]
            ours = network.parse(texts)
        except (LookupError, ValueError, AttributeError, TypeError):
            return None
        return network if ours == spacy_parse(nlp, texts) and network._steady() else None

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[Parsed]:
        """Tags and trees of sentences, each a list of at least one word. Linear in the number of words."""
        vectors = self._encoded(sentences)
        tags = (vectors @ self._tag_weights + self._tag_bias).argmax(axis=1).tolist()
        states = self._run([len(s) for s in sentences], vectors)
        out = []
        for state in states:
            labels = [self._labels[k] for k in state.labels]
            heads = [k if head == _NONE else head for k, head in enumerate(state.heads)]
            deps = ["ROOT" if head == k else label for k, (head, label) in enumerate(zip(heads, labels, strict=True))]
            _unproject(heads, deps)
            out.append(Parsed([self._tags[k] for k in tags[state.offset : state.offset + state.length]], deps, heads))
        return out

    # -- words to vectors ------------------------------------------------------------------------------------------

    def _encoded(self, sentences: Sequence[Sequence[str]]) -> _Floats:
        """The vectors of all words in their surroundings, one row a word."""
        rows, inside = self._padded(sentences)
        x = self._vectors.take(rows, axis=0)
        width = x.shape[1]
        window = np.zeros((len(rows), 3 * width), dtype="float32")
        for layer in self._encode:
            window[1:, :width] = x[:-1]
            window[:, width : 2 * width] = x
            window[:-1, 2 * width :] = x[1:]
            x = x + layer(window)
        return x.take(inside, axis=0)

    def _padded(self, sentences: Sequence[Sequence[str]]) -> tuple[list[int], list[int]]:
        """The embeddings' rows for the sentences with padding around each, and where the words are among them."""
        known = self._rows
        missing = list(dict.fromkeys(w for s in sentences for w in s if w not in known))
        if missing:
            if len(known) + len(missing) > _KEPT:
                known.clear()
                missing = list(dict.fromkeys(w for s in sentences for w in s))
            self._learn(missing)
        padding = [0] * _PAD
        rows = list(padding)
        inside: list[int] = []
        for s in sentences:
            inside += range(len(rows), len(rows) + len(s))
            rows += [known[w] for w in s]
            rows += padding
        return rows, inside

    def _learn(self, words: list[str]) -> None:
        """Compute and keep the embeddings of words. What spaCy stores about them meanwhile is given back."""
        from spacy.tokens import Doc

        for k in range(0, len(words), _TOGETHER):
            some = words[k : k + _TOGETHER]
            with self._nlp.memory_zone():
                x: Any = [Doc(self._nlp.vocab, words=some)]
                for layer in self._hashed:
                    x = layer.predict(x)
            full = np.zeros((_TOGETHER, x.data.shape[1]), dtype="float32")
            full[: len(some)] = x.data
            first = len(self._rows) + 1
            self._vectors[first : first + len(some)] = self._reduce(full)[: len(some)]
            self._rows.update((w, first + j) for j, w in enumerate(some))

    def _steady(self) -> bool:
        """Whether a row's numbers are the same, to the bit, wherever it stands among `_TOGETHER` rows."""
        rows = np.random.default_rng(1).standard_normal((_TOGETHER, self._reduce.weights.shape[0])).astype("float32")
        one = self._reduce(rows)
        return all(np.array_equal(np.roll(self._reduce(np.roll(rows, k, axis=0)), -k, axis=0), one) for k in range(1, _TOGETHER))

    # -- vectors to trees ------------------------------------------------------------------------------------------

    def _take_parser(self, parser: Any) -> None:
        listener, lower, upper = parser.model.layers
        linear = listener.layers[-1]
        self._narrow, self._narrow_bias = _turned(linear.get_param("W")), linear.get_param("b")
        weights = lower.get_param("W")  # features × outputs × pieces × inputs
        features, outputs, pieces, inputs = weights.shape
        if (features, pieces) != (_FEATURES, 2) or parser.cfg["beam_width"] != 1 or parser.model.attrs["unseen_classes"]:
            raise ValueError("the parser is none of one beam, eight features and two pieces")
        apart = weights.transpose(0, 2, 1, 3).reshape(-1, inputs)
        self._lower = _turned(apart)
        self._lower_bias = np.ascontiguousarray(lower.get_param("b").T.reshape(-1))
        self._nothing = np.ascontiguousarray(lower.get_param("pad").reshape(features, outputs, pieces).transpose(0, 2, 1).reshape(1, -1))
        self._outputs = outputs
        self._upper, self._upper_bias = _turned(upper.get_param("W")), upper.get_param("b")
        self._take_moves(parser.move_names)

    def _take_moves(self, names: Sequence[str]) -> None:
        """The steps by number: what each does, and its label. A row of `_bars` holds their bias; steps that a state does not allow are barred there."""
        self._kinds = [{"S": _SHIFT, "D": _REDUCE}.get(name, _ARC) for name in names]
        if self._kinds[:2] != [_SHIFT, _REDUCE] or _ARC not in self._kinds or any("subtok" in name for name in names):
            raise ValueError("the parser's steps are not those of an arc-eager system for whole words")
        self._labels = [name[2:] for name in names] + [""]
        self._leftward = [name.startswith("L-") for name in names]
        arcs = np.array([0.0 if name[:2] in ("L-", "R-") else -np.inf for name in names], dtype="float32")
        self._bars = np.stack([arcs] * 4)  # + 1: may shift, + 2: may reduce
        self._bars[[1, 3], 0] = 0
        self._bars[[2, 3], 1] = 0
        self._bars += self._upper_bias

    def _run(self, lengths: Sequence[int], vectors: _Floats) -> list[_State]:
        """Parse sentences step by step, all at once. ``vectors`` has their words' rows one after the other."""
        states = []
        offset = 0
        for k, length in enumerate(lengths):
            states.append(_State(k, length, offset))
            offset += length
        narrow = vectors @ self._narrow + self._narrow_bias
        parts = np.empty((len(narrow) + 1, self._lower.shape[1]), dtype="float32")
        parts[0] = self._nothing
        np.matmul(narrow, self._lower, out=parts[1:])
        parts = parts.reshape(-1, 2 * self._outputs)
        active = [s for s in states if _settle(s)]
        while active:
            rows, bars = _features(active)
            scores = self._scores(parts, rows)
            scores += self._bars.take(bars, axis=0)
            self._step(active, scores.argmax(axis=1).tolist())
            active = [s for s in active if s.stack and (s.buffer or s.last < s.length) or _settle(s)]
        return states

    def _scores(self, parts: _Floats, rows: list[int]) -> _Floats:
        """What each step scores in each state, less its bias."""
        width = self._outputs
        hidden = np.add.reduce(parts.take(rows, axis=0).reshape(-1, _FEATURES, 2 * width), axis=1)
        hidden += self._lower_bias
        scores: _Floats = np.maximum(hidden[:, :width], hidden[:, width:]) @ self._upper
        return scores

    def _step(self, states: list[_State], moves: list[int]) -> None:
        """Take each state one step on."""
        leftward = self._leftward
        for s, move in zip(states, moves, strict=True):
            stack = s.stack
            if move == _SHIFT:
                stack.append(_take(s))
            elif move == _REDUCE:
                _reduce(s)
            elif leftward[move]:
                child = stack.pop()
                head = s.buffer[-1] if s.buffer else s.last
                old = s.heads[child]
                if old != _NONE:
                    s.right[old] = s.prior[child]
                s.heads[child], s.labels[child] = head, move
                s.left[head] = child
                s.stuck[head] = False
            else:
                head = stack[-1]
                child = _take(s)
                s.heads[child], s.labels[child] = head, move
                s.prior[child], s.right[head] = s.right[head], child
                stack.append(child)


def spacy_parse(nlp: Any, sentences: Sequence[Sequence[str]]) -> list[Parsed]:
    """The same by spaCy's own run of the pipeline."""
    from spacy.tokens import Doc

    docs = [Doc(nlp.vocab, words=list(words), sent_starts=[k == 0 for k in range(len(words))]) for words in sentences]
    for _, component in nlp.pipeline:
        docs = list(component.pipe(docs, batch_size=len(docs)))
    names = nlp.vocab.strings
    out = []
    for doc in docs:
        heads = doc.to_array("HEAD").astype("int64").tolist()  # as distances
        labels = doc.to_array(["TAG", "DEP"]).tolist()
        out.append(Parsed([names[tag] for tag, _ in labels], [names[dep] for _, dep in labels], [k + head for k, head in enumerate(heads)]))
    return out


def _turned(weights: Any) -> _Floats:
    """Weights of outputs × inputs as inputs × outputs."""
    return np.ascontiguousarray(np.asarray(weights, dtype="float32").T)


def _layer(chain: Any) -> _Layer:
    """A maxout and a normalisation of spaCy's as one layer; a maxout's pieces are put apart."""
    maxout, norm = (next(layer for layer in chain.walk() if layer.name == name) for name in ("maxout", "layernorm"))
    weights, bias = maxout.get_param("W"), maxout.get_param("b")
    apart = weights.transpose(1, 0, 2).reshape(-1, weights.shape[2])
    return _Layer(_turned(apart), np.ascontiguousarray(bias.T.reshape(-1)), norm.get_param("G"), norm.get_param("b"))


def _maxout(rows: _Floats, width: int) -> _Floats:
    best: _Floats = np.maximum(rows[:, :width], rows[:, width : 2 * width])
    return np.maximum(best, rows[:, 2 * width :], out=best)


def _normal(rows: _Floats) -> _Floats:
    """Rows with mean 0 and variance 1."""
    width = np.float32(rows.shape[1])
    rows = np.subtract(rows, np.add.reduce(rows, axis=1, keepdims=True) / width)
    spread: Any = np.add.reduce(rows * rows, axis=1, keepdims=True) / width + np.float32(1e-8)
    scaled: _Floats = rows * spread ** np.float32(-0.5)
    return scaled


def _take(s: _State) -> int:
    """The next word, taken out of the buffer."""
    if s.buffer:
        return s.buffer.pop()
    s.last += 1
    return s.last - 1


def _reduce(s: _State) -> None:
    """Put the top of the stack away; a word without a head goes back to the buffer."""
    word = s.stack.pop()
    if s.heads[word] == _NONE and s.stack:
        s.stuck[word] = True
        s.buffer.append(word)


def _settle(s: _State) -> bool:
    """Take the steps that have no alternative; False when the sentence is done."""
    while True:
        rest = len(s.buffer) + s.length - s.last
        if not s.stack:
            if not rest:
                return False
            s.stack.append(_take(s))
        elif not rest:
            _reduce(s)
        else:
            return True


def _features(states: list[_State]) -> tuple[list[int], list[int]]:
    """For each state the rows of its eight words among the parts (0 for none), and which steps are open (a row of `_bars`)."""
    rows: list[int] = []
    bars: list[int] = []
    for s in states:
        stack, buffer = s.stack, s.buffer
        put_back = len(buffer)
        rest = put_back + s.length - s.last
        b0 = buffer[-1] if put_back else s.last
        b1 = _NONE if rest < 2 else buffer[-2] if put_back > 1 else s.last + 1 - put_back
        depth = len(stack)
        s0 = stack[-1]
        base = 8 * (s.offset + 1)
        left_b, left_s, right_s = s.left[b0], s.left[s0], s.right[s0]
        rows += (
            base + 8 * b0,
            base + 8 * b1 + 1 if b1 >= 0 else 1,
            base + 8 * s0 + 2,
            base + 8 * stack[-2] + 3 if depth > 1 else 3,
            base + 8 * stack[-3] + 4 if depth > 2 else 4,
            base + 8 * left_b + 5 if left_b >= 0 else 5,
            base + 8 * left_s + 6 if left_s >= 0 else 6,
            base + 8 * right_s + 7 if right_s >= 0 else 7,
        )
        bars.append((rest > 1 and not s.stuck[b0]) + 2 * (depth > 1))
    return rows, bars


def _unproject(heads: list[int], deps: list[str]) -> None:
    """Undo the lifting that made a tree projective: "X||Y" hangs on the first Y below its head, breadth first."""
    if not any("||" in dep for dep in deps):
        return
    low, high = _edges(heads)
    for k, dep in enumerate(deps):
        if "||" in dep:
            label, _, wanted = dep.partition("||")
            heads[k] = _below(heads, deps, low, high, k, wanted)
            deps[k] = label


def _edges(heads: list[int]) -> tuple[list[int], list[int]]:
    """The first and the last word of each word's subtree."""
    low, high = list(range(len(heads))), list(range(len(heads)))
    changed = True
    while changed:
        changed = False
        for k, head in enumerate(heads):
            if low[k] < low[head] or high[k] > high[head]:
                low[head], high[head] = min(low[head], low[k]), max(high[head], high[k])
                changed = True
    return low, high


def _below(heads: list[int], deps: list[str], low: list[int], high: list[int], word: int, wanted: str) -> int:
    queue = [heads[word]]
    while queue:
        after: list[int] = []
        for above in queue:
            for child in range(low[above], high[above] + 1):
                if heads[child] != above or child in (above, word):
                    continue
                if deps[child] == wanted:
                    return child
                after.append(child)
        queue = after
    return heads[word]
