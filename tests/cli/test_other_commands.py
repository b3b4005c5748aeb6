"""``memcon --version``, ``memcon explain``, ``memcon codebook``."""

from __future__ import annotations

import json

from .conftest import Run


def test_version(memcon: Run) -> None:
    done = memcon("--version")
    assert done.returncode == 0
    assert done.stdout.startswith(b"memcon 0.")


def test_no_command_shows_help(memcon: Run) -> None:
    done = memcon()
    assert b"Usage" in done.stdout + done.stderr


def test_explain(memcon: Run) -> None:
    done = memcon("explain", "They met.")
    assert done.returncode == 0
    assert done.stdout.decode() == "1. tokens\n   They\n   met.\n\n2. names\n   (nothing)\n"


def test_codebook_check(memcon: Run) -> None:
    good = memcon("codebook", "check")
    assert (good.returncode, good.stdout) == (0, b"2 examples: 2 passing\nThe codebook holds.\n")
    bad = memcon("codebook", "check", STUB_PROBLEM="1")
    assert (bad.returncode, bad.stdout) == (1, b"acts/thank: no example\nThe examples were not read: the data comes first.\n1 problem\n")
    failing = memcon("codebook", "check", STUB_FAULT="1")
    assert (failing.returncode, failing.stdout) == (1, b"acts/thank example: nothing found\n2 examples: 2 passing\n1 problem\n")
    listed = memcon("codebook", "check", "--format", "json", STUB_PROBLEM="1")
    assert (listed.returncode, json.loads(listed.stdout)) == (1, ["acts/thank: no example"])


def test_codebook_list(memcon: Run) -> None:
    lines = memcon("codebook", "list").stdout.splitlines()
    assert lines[:2] == [b"acts/thank", b"meetings/talks"]
    assert lines[2].startswith(b"topics/")
    assert json.loads(memcon("codebook", "list", "--format", "json").stdout)[:2] == ["acts/thank", "meetings/talks"]
