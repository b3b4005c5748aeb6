"""A stand-in for the engine, in every process that has this folder on PYTHONPATH: the command line is tested without it.

Words in a report make it misbehave: CRASH raises, DIE ends the process, LATE takes its time.
"""

from __future__ import annotations

import importlib.util
import os
import re
import sys
import time
import types
from pathlib import Path
from typing import Any


def _sentences(text: str) -> list[Any]:
    from memcon.model import Span

    return [Span(*m.span()) for m in re.finditer(r"[^\s.][^.\n]*\.?", text)]


def _read(document: Any) -> Any:
    from memcon.model import Evidence, Meeting, Memorandum, Person

    text = document.text
    if "CRASH" in text:
        raise ValueError("no such thing\nsecond line")
    if "DIE" in text:
        os._exit(9)
    if "LATE" in text:
        time.sleep(0.3)
    names = [(m[0], Evidence(start=m.start(), end=m.end())) for m in re.finditer(r"[A-Z]\w+ [A-Z]\w+", text)]
    people = [Person(name=name, evidence=evidence) for name, evidence in names]
    meetings = [
        Meeting(kind="meeting", hosts=[names[0][0]], guests=[names[-1][0]], evidence=Evidence(start=m.start(), end=m.end()))
        for m in re.finditer(r"\bmet\b", text)
        if names
    ]
    return Memorandum(
        id=document.id,
        published=document.published,
        language=document.language,
        outlet=document.outlet,
        people=people,
        meetings=meetings,
        version="stub",
    )


class _Stage(types.SimpleNamespace):
    name: str
    lines: list[str]


def _stub(name: str, **members: Any) -> None:
    module = types.ModuleType(name)
    module.__dict__.update(members)
    sys.modules[name] = module


_stub("memcon.run", read_document=_read, sentence_index=_sentences)
_stub("memcon.explain", explain=lambda text: [_Stage(name="tokens", lines=text.split()), _Stage(name="names", lines=[])])
_stub("memcon.codebook.check", check=lambda: ["acts/thank: no example"] if os.environ.get("STUB_PROBLEM") else [])


class _Entries(types.ModuleType):
    """The codebook's entries are two; everything else of the module is the real one, loaded when it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        spec = importlib.util.find_spec("memcon.codebook")
        assert spec is not None
        assert spec.submodule_search_locations
        path = Path(spec.submodule_search_locations[0]) / "entries.py"
        real = importlib.util.spec_from_file_location("memcon.codebook._real_entries", path)
        assert real is not None
        assert real.loader is not None
        module = importlib.util.module_from_spec(real)
        sys.modules[real.name] = module
        real.loader.exec_module(module)
        self.__dict__.update({k: v for k, v in module.__dict__.items() if k not in self.__dict__})
        return self.__dict__[name]


sys.modules["memcon.codebook.entries"] = _Entries("memcon.codebook.entries")
sys.modules["memcon.codebook.entries"].__dict__["entries"] = lambda: ["acts/thank", "meetings/talks"]


class _Summary:
    problems = ["acts/thank example: nothing found"] if os.environ.get("STUB_FAULT") else []

    results: tuple[()] = ()

    def __init__(self, results: object = ()) -> None:
        """What was found is made up."""

    def __str__(self) -> str:
        return "2 examples: 2 passing"


_stub("memcon.checking", Summary=_Summary, check_entries=lambda _: _Summary(), check_topics=lambda _: _Summary())
