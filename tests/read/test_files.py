"""Paths → sources: which files are read, in which order, under which ids, and what is refused."""

from __future__ import annotations

import os
import random
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memcon.errors import ReadError
from memcon.model import Document
from memcon.read.files import Source, find, identifiers
from memcon.read.inputs import outcomes

GOOD = "The foreign minister received the ambassador in Oslo.\n"


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(GOOD)


def found(*paths: Path | str) -> dict[str, str]:
    """Path → id, or → what is wrong."""
    return {x.path: x.identifier if isinstance(x, Source) else x.what for x in find(map(str, paths))}


def wrong(path: Path) -> str:
    (found,) = outcomes([Source(str(path), "r")])
    assert isinstance(found, ReadError)
    return found.what


def test_a_folder_gives_its_reports_sorted(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "a.md", "c.png", "z/deep/d.TXT", ".git/e.txt", ".hidden.txt")
    assert list(found(tmp_path).values()) == ["a", "b", "d"]


def test_a_named_file_is_read_whatever_its_ending(tmp_path: Path) -> None:
    put(tmp_path, "c.report", ".hidden")
    assert list(found(tmp_path / "c.report", tmp_path / ".hidden").values()) == [".hidden", "c"]


def test_a_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "in/a.txt", "in/b.txt")
    monkeypatch.chdir(tmp_path)
    assert list(found("in", "in/a.txt", "./in/a.txt", tmp_path / "in", "in/../in").values()) == ["a", "b"]


def test_a_pattern(tmp_path: Path) -> None:
    put(tmp_path, "in/a.txt", "in/b.txt", "in/deep/c.txt", "in/d.report")
    assert list(found(f"{tmp_path}/in/*.txt").values()) == ["a", "b"]
    assert list(found(f"{tmp_path}/**/*.txt").values()) == ["a", "b", "c"]
    assert found(f"{tmp_path}/*.zip") == {f"{tmp_path}/*.zip": "no such file or folder"}
    put(tmp_path, "odd[1].txt")
    assert list(found(f"{tmp_path}/odd[1].txt").values()) == ["odd[1]"]


def test_an_address_is_not_fetched_unasked() -> None:
    assert "say --fetch" in found("https://news.example/a.html")["https://news.example/a.html"]


def test_order_of_arguments_is_of_no_account(tmp_path: Path) -> None:
    put(tmp_path, "x/r.txt", "y/r.txt", "y/r.md", "y/s.txt", "z/y/r.txt", "t.txt")
    (tmp_path / "w").symlink_to(tmp_path / "y")
    paths = [tmp_path / x for x in ("x", "y", "z", "t.txt", "w", "x/r.txt", "gone")]
    first = found(*paths)
    for seed in range(20):
        random.Random(seed).shuffle(paths)
        assert found(*paths) == first


@pytest.mark.parametrize(
    ("paths", "ids"),
    [
        (["/r/a.txt", "/r/b.txt"], ["a", "b"]),
        (["/x/a.txt", "/y/a.txt", "/y/b.txt"], ["x/a", "y/a", "b"]),
        (["/x/a.txt", "/x/a.md"], ["x/a.txt", "x/a.md"]),
        (["/p/x/a.txt", "/q/x/a.txt", "/q/a.txt"], ["p/x/a", "q/x/a", "q/a"]),
        (["/a.b.txt", "/a.txt"], ["a.b", "a"]),
        (["-", "/stdin.txt"], ["stdin-2", "//stdin"]),
    ],
)
def test_ids(paths: list[str], ids: list[str]) -> None:
    assert list(identifiers(paths).values()) == ids
    assert identifiers(paths[::-1]) == identifiers(paths)


@given(st.sets(st.lists(st.sampled_from(["a", "b", "c.txt", "a.md"]), min_size=1, max_size=4).map(lambda x: "/" + "/".join(x))))
def test_ids_differ(paths: set[str]) -> None:
    assert len(set(identifiers(sorted(paths)).values())) == len(paths)


def test_missing(tmp_path: Path) -> None:
    assert found(tmp_path / "gone.txt") == {str(tmp_path / "gone.txt"): "no such file or folder"}
    assert "no such file" in wrong(tmp_path / "gone.txt")
    assert "null" in found("a\0b")["a\0b"]


def test_a_broken_link(tmp_path: Path) -> None:
    (tmp_path / "r.txt").symlink_to(tmp_path / "gone")
    (tmp_path / "r.png").symlink_to(tmp_path / "gone")
    assert found(tmp_path) == {f"{tmp_path}/r.txt": "no such file or folder"}


def test_a_folder_without_reports(tmp_path: Path) -> None:
    put(tmp_path, "a.png")
    (tmp_path / "sub").mkdir()
    (problem,) = found(tmp_path).values()
    assert problem.startswith("no report in this folder (*.txt, ")


def test_a_folder_loop(tmp_path: Path) -> None:
    put(tmp_path, "in/a.txt", "in/sub/b.txt")
    (tmp_path / "in/sub/up").symlink_to(tmp_path / "in")
    (tmp_path / "in/self").symlink_to("self")
    got = found(tmp_path / "in")
    assert sorted(got.values())[:2] == ["a", "b"]
    assert "folder loop: this link leads back to" in got[f"{tmp_path}/in/sub/up"]
    assert got[f"{tmp_path}/in/self"] == "folder loop: symbolic links that lead to each other"
    assert len(got) == 4


def test_a_loop_through_another_folder(tmp_path: Path) -> None:
    put(tmp_path, "one/a.txt", "two/b.txt")
    (tmp_path / "one/x").symlink_to(tmp_path / "two")
    (tmp_path / "two/y").symlink_to(tmp_path / "one")
    got = found(tmp_path / "one")
    assert {"a", "b"} < set(got.values())
    assert "folder loop" in got[f"{tmp_path}/one/x/y"]


def test_linked_folders_are_read_once_however_many_ways_lead_there(tmp_path: Path) -> None:
    # Two links a level, twenty levels: a million ways to the bottom.
    for i in range(20):
        (tmp_path / f"d{i}").mkdir()
        for name in "ab":
            (tmp_path / f"d{i}" / name).symlink_to(tmp_path / f"d{i + 1}")
    put(tmp_path, "d20/r.txt")
    assert list(found(tmp_path / "d0").values()) == ["r"]
    assert list(found(tmp_path).values()) == ["r"]


def test_pipes_devices_and_sockets_are_refused_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    os.mkfifo("pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.txt")
        got = found(".", "/dev/zero")
        assert got["./pipe.txt"] == "a named pipe, not a file: use - for standard input"
        assert got["./socket.txt"] == "a socket, not a file"
        assert got["/dev/zero"] == "a device, not a file"
        assert "named pipe" in wrong(tmp_path / "pipe.txt")
        assert "device" in wrong(Path("/dev/zero"))


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert wrong(tmp_path) == "not a regular file"


def test_50_mb(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(50_000_000)
    assert wrong(tmp_path / "big.txt") == "50.0 MB; the text reader takes 1 MB at most: split it into its reports"


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.txt")

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert wrong(tmp_path / "a.txt") == "no permission to read it"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission_for_real(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "shut/b.txt")
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "shut").chmod(0)
    try:
        assert found(tmp_path)[f"{tmp_path}/shut"] == "no permission to read it"
        assert wrong(tmp_path / "a.txt") == "no permission to read it"
    finally:
        (tmp_path / "shut").chmod(0o700)


def test_a_folder_that_may_not_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "in/a.txt")

    def refuse(_: str) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    assert found(tmp_path / "in") == {f"{tmp_path}/in": "no permission to read it"}


def test_very_deep_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path
    monkeypatch.chdir(here)
    for _ in range(300):
        Path("d" * 20).mkdir()
        os.chdir("d" * 20)
    Path("r.txt").write_text(GOOD)
    monkeypatch.chdir(tmp_path)
    (problem,) = found(tmp_path).values()
    assert problem == "File name too long"


def test_what_is_read(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    (source,) = find([str(tmp_path)])
    assert isinstance(source, Source)
    (made,) = outcomes([source])
    assert isinstance(made, Document)
    assert (made.id, made.text, made.path, made.language) == ("a", GOOD, f"{tmp_path}/a.txt", "en")


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    page = f"<html><body><article><p>{GOOD * 3}</p></article></body></html>"
    for name, data in ((b"\xff.html", page.encode()), (b"\xfe.zip", b"PK\3\4 nothing"), (b"\xfd.txt", GOOD.encode())):
        (tmp_path / os.fsdecode(name)).write_bytes(data)
    found = list(outcomes(find([str(tmp_path)])))
    assert [x.id for x in found if isinstance(x, Document)] == ["\\xfd", "\\xff"]
    assert [str(x).rsplit("/", 1)[1][:8] for x in found if isinstance(x, ReadError)] == ["\\xfe.zip"]
