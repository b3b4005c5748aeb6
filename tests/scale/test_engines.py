"""Engines: every piece is answered, a lost worker costs its own piece, and nobody is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import engine_work
import pytest

from memcon.scale.engines import EngineError, Here, Processes, chosen

TREE = Path(__file__).resolve().parents[2]


def outcome(result: object) -> object:
    return result if isinstance(result, int) else type(result).__name__


def test_in_this_process() -> None:
    with chosen("local", 1) as engine:
        assert isinstance(engine, Here)
        assert dict(engine.map(engine_work.double, range(5))) == {0: 0, 1: 2, 2: 4, 3: 6, 4: 8}


def test_a_process_that_dies_costs_its_own_piece() -> None:
    with Processes(2) as engine:
        found = {piece: outcome(result) for piece, result in engine.map(engine_work.deadly, range(12))}
        assert found == {**{i: 2 * i for i in range(12)}, 3: "Lost", 5: "ValueError"}
        assert dict(engine.map(engine_work.double, [1])) == {1: 2}


def test_a_cluster_worker_that_dies_costs_its_own_piece() -> None:
    pytest.importorskip("distributed")
    with chosen("dask", 2) as engine:
        found = {piece: outcome(result) for piece, result in engine.map(engine_work.deadly, range(12))}
    assert found == {**{i: 2 * i for i in range(12)}, 3: "Lost", 5: "ValueError"}


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at /proc")
def test_workers_end_with_a_killed_driver(tmp_path: Path) -> None:
    code = f"from memcon.scale.engines import Processes\nimport engine_work\nif __name__ == '__main__':\n  with Processes(2) as e: list(e.map(engine_work.slowly, [{str(tmp_path / 'a')!r}, {str(tmp_path / 'b')!r}]))\n"
    (tmp_path / "driver.py").write_text(code)
    places = os.pathsep.join((str(TREE / "src"), str(TREE / "tests" / "scale")))
    with subprocess.Popen([sys.executable, str(tmp_path / "driver.py")], env={**os.environ, "PYTHONPATH": places}) as driver:
        pids = []
        for _ in range(300):
            pids = [int(p.read_text()) for n in "ab" if (p := tmp_path / n).exists() and p.read_text()]
            if len(pids) == 2:
                break
            time.sleep(0.1)
        driver.send_signal(signal.SIGKILL)
    assert len(pids) == 2
    for _ in range(100):
        if all(map(gone, pids)):
            return
        time.sleep(0.1)
    pytest.fail(f"left behind: {pids}")


def test_an_engine_that_is_none() -> None:
    with pytest.raises(EngineError, match="no engine 'spork'"):
        chosen("spork", 2)


def test_a_scheduler_that_does_not_answer() -> None:
    pytest.importorskip("distributed")
    import memcon.scale.engines as module

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_PATIENCE", 1)
        with pytest.raises(EngineError, match="no Dask scheduler at"), chosen("tcp://127.0.0.1:9", 2):
            pass


