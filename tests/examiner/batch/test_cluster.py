"""A batch on a Dask cluster whose workers and scheduler die in the middle."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from distributed import LocalCluster

from examiner.batch.store import Store
from examiner.jail import works
from tests.examiner.batch import round as hiring

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(works() is not None, reason=str(works())),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in hiring.texts().items():
        hiring.send(tmp_path / "came", name, text)
    return tmp_path / "came"


def counts(report: Path) -> dict[str, tuple[int, int]]:
    """By name, how many tests of the idea and beyond have passed."""
    with Store(report) as store:
        rows = store.rows("SELECT * FROM submission WHERE word = 'graded'")
    return {row["name"]: (row["idea_passed"], row["beyond_passed"]) for row in rows}


def all_are_right(report: Path) -> None:
    found = counts(report)
    assert found.keys() == hiring.texts().keys()
    assert found["eve"] == (0, 0)
    assert found["ada"] > found["carl"] > found["eve"]


def test_a_local_cluster(folder: Path, tmp_path: Path) -> None:
    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        done = hiring.run(folder, tmp_path / "report", "--scheduler", cluster.scheduler_address)
    assert done.returncode == 0, done.stderr
    all_are_right(tmp_path / "report")


def dask(*arguments: str) -> psutil.Popen:
    return psutil.Popen(
        [sys.executable, "-m", "dask", *arguments, "--no-dashboard"],
        cwd=hiring.ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@contextlib.contextmanager
def ended(process: psutil.Popen) -> Iterator[psutil.Popen]:
    """The process and its children are gone after the block."""
    try:
        yield process
    finally:
        family = [process]
        with contextlib.suppress(psutil.NoSuchProcess):
            family += process.children(recursive=True)
        for each in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()
        process.wait()


def test_workers_and_scheduler_are_killed(folder: Path, tmp_path: Path) -> None:
    """Processes of their own: a worker is killed at work, then the scheduler, and comes back."""
    report = tmp_path / "report"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    scheduler = ("scheduler", "--host", "127.0.0.1", "--port", str(port))
    worker = ("worker", address, "--nthreads", "1", "--local-directory", str(tmp_path / "dask"))
    with contextlib.ExitStack() as stack:
        first = stack.enter_context(ended(dask(*scheduler)))
        keeper = stack.enter_context(ended(dask(*worker)))
        hiring.until(lambda: accepts(port))
        batch = stack.enter_context(ended(hiring.started(folder, report, "--scheduler", address)))
        hiring.until(lambda: any(hiring.at_work(keeper)))
        grading = next(hiring.at_work(keeper))
        grading.parent().kill()
        assert not psutil.wait_procs([grading], timeout=20)[1]
        hiring.until(lambda: any(hiring.at_work(keeper)))
        first.kill()
        first.wait()
        stack.enter_context(ended(dask(*scheduler)))
        stack.enter_context(ended(dask(*worker)))
        out, err = batch.communicate()
    assert batch.returncode == 0, (out, err)
    assert "The scheduler is gone. Waiting for it." in out
    all_are_right(report)


def accepts(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False
