"""q07's tests with a server that is not theirs: one that runs already, and one found on PATH.

The part of the real server is played by the lab's own one, started as a process with the real
one's flags. It lives in real time, and knows nothing of the tests. What is proven is that the tests
find such a server, use it, and leave nothing behind.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dojo.reaper import Reaper
from dojo.runner.messages import Request, Result
from lab.network import addresses
from tests.toy import ROOT

Judge = Callable[[Request], Result]

ROLLOUT = "katas/q07/test_rollout.py::test_the_old_version_is_not_loaded_any_more"
MODULE = [sys.executable, "-m", "lab.serving"]
pytestmark = [
    pytest.mark.timeout(180),
    pytest.mark.skipif(sys.platform == "win32", reason="the script on PATH is one of a Unix shell"),
]


def run(*command: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **env}, capture_output=True, text=True, check=False
    )


def solutions(*chosen: str, **env: str) -> Request:
    """Some tests, with the solutions and with such an environment."""
    args = [*chosen, "--answers=solutions", "-p", "no:cacheprovider"]
    return Request(args, cwd=str(ROOT), env={**os.environ, **env})


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The addresses of a server for gRPC and for REST."""
    (tmp_path / "models").write_text("model_config_list {}")
    port, rest_port = (address.partition(":")[2] for address in addresses(2))
    flags = [
        f"--port={port}",
        f"--rest_api_port={rest_port}",
        f"--model_config_file={tmp_path / 'models'}",
        "--allow_version_labels_for_unavailable_models=true",
        "--max_num_load_retries=0",
    ]
    with subprocess.Popen([*MODULE, *flags], cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        reaper = Reaper(server.pid)  # in case that these tests are killed
        try:
            assert server.stdout
            lines = [server.stdout.readline(), server.stdout.readline()]
            found = tuple(re.findall(r"at (\S+)", line)[0] for line in lines)
            assert found == (f"127.0.0.1:{port}", f"http://127.0.0.1:{rest_port}")
            yield found
        finally:
            server.terminate()
            server.wait()
            reaper.kill()
    assert server.returncode == 0


def test_a_server_that_runs_is_used(running: tuple[str, str], judge: Judge) -> None:
    target, url = running
    env = {"TF_SERVING_TARGET": target, "TF_SERVING_URL": url}
    said = run(*MODULE, **env).stdout
    assert f"real server at {target}" in said
    assert f"real server at {url}" in said
    stubs = ("publish", "signatures", "client", "rollout")
    done = judge(solutions(*(f"katas/q07/test_{stub}.py" for stub in stubs), **env))
    assert done.status == 0, done.output


def test_a_server_that_is_named_is_not_replaced(judge: Judge) -> None:
    done = judge(solutions(ROLLOUT, TF_SERVING_TARGET="127.0.0.1:1"))
    assert done.status == 1
    assert "UNAVAILABLE" in done.output


def test_a_server_on_path_is_started(tmp_path: Path, judge: Judge) -> None:
    script, started = tmp_path / "bin" / "tensorflow_model_server", tmp_path / "started"
    script.parent.mkdir()
    command = f'"{sys.executable}" -m lab.serving "$@"'
    script.write_text(f'#!/bin/sh\necho "$@" >> "{started}"\nexec {command}\n')
    script.chmod(0o755)
    env = {"PATH": f"{script.parent}{os.pathsep}{os.environ['PATH']}"}
    assert f"on PATH, {script}" in run(*MODULE, **env).stdout
    done = judge(solutions(ROLLOUT, **env))
    assert done.status == 0, done.output
    folders = re.findall(r"--grpc_socket_path=(\S+)/socket", started.read_text())
    assert len(folders) == 1
    assert not Path(folders[0]).exists()


def test_without_a_real_server_it_says_so() -> None:
    done = run(*MODULE, TF_SERVING_TARGET="", PATH="")
    assert done.returncode == 0
    assert "embedded server" in done.stdout
