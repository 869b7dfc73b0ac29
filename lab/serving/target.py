"""Which server the tests talk to: the embedded one, or a real `tensorflow_model_server`.

A server that runs already is named by TF_SERVING_TARGET, such as "127.0.0.1:8500", and its REST
port by TF_SERVING_URL, such as "http://127.0.0.1:8501". It has to see this machine's files; its
models are replaced by those of the tests, and removed afterwards. Otherwise, one that is on PATH
is started, anew for each test, and ends with the process that started it, however that ends. It is
reached through a socket in a folder, since it would listen for the whole network; so REST stays
with the embedded server then.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TextIO, TypeVar

import grpc
from google.protobuf import text_format
from tensorflow_serving.apis.get_model_status_pb2 import GetModelStatusRequest, ModelVersionStatus
from tensorflow_serving.apis.model_management_pb2 import ReloadConfigRequest
from tensorflow_serving.apis.model_service_pb2_grpc import ModelServiceStub

from dojo.reaper import Reaper
from lab.serving.embedded import FOR_TESTS, EmbeddedServer
from lab.serving.errors import RefusedError, precondition
from lab.serving.messages import ModelServerConfig

BINARY = "tensorflow_model_server"
PATIENCE = 60  # seconds; a real server that takes longer for anything is given up
SECONDS_BETWEEN_LOOKS = 1  # at the file system, by default
GONE = {ModelVersionStatus.END}
SETTLED = {ModelVersionStatus.AVAILABLE, *GONE}
S = TypeVar("S")


class Server(Protocol):
    """A context manager, embedded or real: serves while its block runs.

    Attributes:
        target: the address for gRPC.
        url: the address for REST; of a real server it may be empty.
    """

    target: str
    url: str

    def poll(self) -> None:
        """Have the server look for new versions, now."""

    def __enter__(self: S) -> S: ...

    def __exit__(self, *_: object) -> None: ...


def running() -> str:
    """The address of a server that runs already, or nothing."""
    return os.environ.get("TF_SERVING_TARGET", "")


def said() -> str:
    """Which servers the tests use, in two lines."""
    url = os.environ.get("TF_SERVING_URL", "")
    if running():
        real = f"the real server at {running()}, named by TF_SERVING_TARGET"
    elif shutil.which(BINARY):
        real = f"the real {BINARY} on PATH, {shutil.which(BINARY)}"
    else:
        real = f"the embedded server: no {BINARY} is on PATH, and TF_SERVING_TARGET is not set"
    has_url = running() and url
    rest = f"the real server at {url}" if has_url else "the embedded server"
    return f"gRPC: {real}.\nREST: {rest}."


def one_model(
    base_path: str | os.PathLike[str], name: str = "fraud", **labels: int
) -> ModelServerConfig:
    """The configuration for one model: versions with labels, or without labels the latest one."""
    config = ModelServerConfig()
    model = config.model_config_list.config.add(
        name=name, base_path=os.fspath(base_path), model_platform="tensorflow"
    )
    for label, version in labels.items():
        model.version_labels[label] = version
        model.model_version_policy.specific.versions.append(version)
    return config


def serving(config: ModelServerConfig) -> Server:
    """A server for these models.

    Labels may be given to versions that are not loaded yet, as with
    `--allow_version_labels_for_unavailable_models`.
    """
    return real_server(config) or EmbeddedServer(config, FOR_TESTS)


def real_server(config: ModelServerConfig, *, rest: bool = False) -> Server | None:
    """A real server for these models, as `serving` gives one, or None if there is none.

    Args:
        config: the models.
        rest: whether the REST API is needed.
    """
    has_url = bool(running() and os.environ.get("TF_SERVING_URL"))
    if running() and (has_url or not rest):
        return RunningServer(config)
    if shutil.which(BINARY) and not rest:
        return StartedServer(config)
    return None


class RealServer:
    """What a server that runs and one that is started have in common."""

    url = ""

    def __init__(self, config: ModelServerConfig):
        self.config = config

    def poll(self) -> None:
        """Wait until the server has looked at the file system, and done what follows from it."""
        time.sleep(2 * SECONDS_BETWEEN_LOOKS)
        for model in self.config.model_config_list.config:
            self.wait_for(model.name, SETTLED, "its versions")

    def states(self, name: str) -> set[int]:
        """The states of all versions of a model."""
        request = GetModelStatusRequest()
        request.model_spec.name = name
        try:
            response = self.models.GetModelStatus(request, timeout=PATIENCE)
        except grpc.RpcError as error:
            if error.code() is grpc.StatusCode.NOT_FOUND:
                return set()
            raise
        return {status.state for status in response.model_version_status}

    def wait_for(self, name: str, states: set[int], what: str) -> None:
        """Wait until no version of a model is in another state than these."""
        self.wait(lambda: self.states(name) <= states, what)

    def wait(self, is_done: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not is_done():
            if time.monotonic() > end:
                raise TimeoutError(f"The real server has been waiting {PATIENCE} s for {what}.")
            time.sleep(0.05)

    def connect(self, target: str) -> None:
        self.target = target
        self.channel = grpc.insecure_channel(target)
        self.models = ModelServiceStub(self.channel)


class RunningServer(RealServer):
    """A server that somebody else started; it gets the models of one test after the other."""

    def __enter__(self) -> RunningServer:
        self.turn = wait_for_turn()
        self.connect(running())
        self.url = os.environ.get("TF_SERVING_URL", "").rstrip("/")
        self.reload(self.config)
        for model in self.config.model_config_list.config:
            self.wait_for(model.name, SETTLED, "its versions")
        return self

    def __exit__(self, *_: object) -> None:
        self.reload(ModelServerConfig(model_config_list={}))
        for model in self.config.model_config_list.config:
            # The next test has a model of that name, and perhaps a version of that number.
            self.wait_for(model.name, GONE, "a model to be unloaded")
        self.channel.close()
        self.turn.close()

    def reload(self, config: ModelServerConfig) -> None:
        try:
            request = ReloadConfigRequest(config=config)
            self.models.HandleReloadConfigRequest(request, timeout=PATIENCE)
        except grpc.RpcError as error:
            raise RefusedError(error.code(), error.details()) from None


def wait_for_turn() -> TextIO:
    """Tests may run in several processes, and the server has the models of one of them.

    Returns:
        A file that is locked; to close it ends the turn.
    """
    import fcntl  # not on Windows, where no real server runs either

    file = open(__file__)  # noqa: SIM115
    fcntl.flock(file, fcntl.LOCK_EX)
    return file


class StartedServer(RealServer):
    """A process of `tensorflow_model_server`; it ends with the block."""

    def __enter__(self) -> StartedServer:
        # Not pytest's folder: the path of a socket has 107 characters at the most.
        self.folder = Path(tempfile.mkdtemp(prefix="serving-"))
        (self.folder / "models.config").write_text(text_format.MessageToString(self.config))
        socket = self.folder / "socket"
        command = [
            str(shutil.which(BINARY)),
            "--port=0",
            f"--grpc_socket_path={socket}",
            f"--model_config_file={self.folder / 'models.config'}",
            "--allow_version_labels_for_unavailable_models=true",
            "--max_num_load_retries=0",
            "--flush_filesystem_caches=false",
        ]
        with open(self.folder / "log", "wb") as log:
            # What is on PATH may be a script around the server: all of them are a group.
            self.process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        self.reaper = Reaper(self.process.pid)
        try:
            self.wait(lambda: self.has_ended() or socket.exists(), "its start")
            self.connect(f"unix:{socket}")
            self.wait(lambda: self.has_ended() or self.answers(), "an answer")
            if self.has_ended():
                raise precondition((self.folder / "log").read_text(errors="replace")[-500:])
        except BaseException:
            self.__exit__()
            raise
        return self

    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def answers(self) -> bool:
        """The server listens when the models of its file are loaded."""
        try:
            self.states("nobody")
        except grpc.RpcError:
            return False
        return True

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(AttributeError):
            self.channel.close()
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        self.reaper.kill()
        self.process.wait()
        shutil.rmtree(self.folder)
