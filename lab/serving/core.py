"""The list of models, their labels and versions: who gets a request, and what a reload does.

Source: model_servers/server_core.cc and model_servers/get_model_status_impl.cc.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tensorflow_serving.apis.get_model_status_pb2 import (
    GetModelStatusRequest,
    GetModelStatusResponse,
    ModelVersionStatus,
)
from tensorflow_serving.apis.model_pb2 import ModelSpec

from lab.serving import config as rules
from lab.serving.errors import invalid, not_found
from lab.serving.manager import AVAILABLE, Manager
from lab.serving.messages import ModelServerConfig
from lab.serving.servable import Servable
from lab.serving.source import Source


@dataclass(frozen=True)
class Settings:
    """How a server treats its models; the defaults are those of the flags.

    Attributes:
        labels_for_unavailable: whether labels may be given to versions that are not loaded yet.
        seconds_between_looks: at the folders of the models.
        most_retries: how often a load that has failed is tried again.
        seconds_between_tries: of these loads.
        tags: of the graph that is loaded.
        replays: how often each request of a warm-up file is replayed.
    """

    labels_for_unavailable: bool = False
    seconds_between_looks: float = 1
    most_retries: int = 5
    seconds_between_tries: float = 60
    tags: tuple[str, ...] = ("serve",)
    replays: int = 1


class Core:
    """The state of a server.

    Attributes:
        config: the last list of models that was accepted.
        labels: version by name of model and label.
    """

    def __init__(self, settings: Settings, log: Callable[[str], None] = lambda _: None):
        self.settings = settings
        self.config, self.labels = ModelServerConfig(), rules.Labels()
        self.lock = threading.Lock()
        tries = (settings.most_retries, settings.seconds_between_tries)
        self.manager = Manager(self.load, *tries, log)
        self.source = Source(self.manager.aspire, settings.seconds_between_looks, log)

    def load(self, folder: Path) -> Servable:
        return Servable(folder, self.settings.tags, self.settings.replays)

    def start(self, config: ModelServerConfig) -> None:
        """Load the first list of models, and wait until each has a version that is available.

        Raises:
            RefusedError: if a server would not start.
        """
        self.reload(config, "servable")

    def reload(self, config: ModelServerConfig, kind: str = "model") -> None:
        """Replace the list of models.

        Labels move at once, and models that are gone stop at once. Other versions of models that
        were there come and go later, after the next look at the folders. For models that are new
        this waits.

        Raises:
            RefusedError: if the list or a label is refused, and then nothing has changed; or
                UNKNOWN if a new model does not load.
        """
        if config.WhichOneof("config") != "model_config_list":
            raise invalid(
                "ServerModelConfig type not supported by HandleReloadConfigRequest. "
                "Only ModelConfigList is currently supported"
            )
        with self.lock:
            rules.check(config)
            rules.check_platforms(self.config, config)
            self.labels = rules.labels_of(
                config,
                before=self.labels,
                available=self.available(),
                for_unavailable=self.settings.labels_for_unavailable,
            )
            known = {model.name for model in self.config.model_config_list.config}
            self.config = ModelServerConfig()
            self.config.CopyFrom(config)
            models = list(self.config.model_config_list.config)
            self.source.change(models)
            self.manager.wait_until_available({model.name for model in models} - known, kind)

    def available(self) -> set[tuple[str, int]]:
        return {key for key, v in list(self.manager.versions.items()) if v.state == AVAILABLE}

    def poll(self) -> None:
        """Look at the folders now, and wait until all that follows from it is done."""
        self.source.look()
        self.manager.settle()

    @contextmanager
    def using(self, spec: ModelSpec) -> Iterator[tuple[int, Servable]]:
        """The version that a ModelSpec means: by number, by label, or the highest available one.

        Raises:
            RefusedError: INVALID_ARGUMENT for a label that nobody has, NOT_FOUND for a model or a
                version that is not available.
        """
        if not spec.name:
            raise invalid("ModelSpec has no name specified.")
        number = self.number_of(spec)
        with self.manager.using(spec.name, number) as found:
            if not found:
                is_latest = number is None
                said = f"Latest({spec.name})" if is_latest else f"Specific({spec.name}, {number})"
                raise not_found(f"Servable not found for request: {said}")
            yield found

    def number_of(self, spec: ModelSpec) -> int | None:
        match spec.WhichOneof("version_choice"):
            case "version":
                return int(spec.version.value)
            case "version_label":
                labels = self.labels.get(spec.name, {})
                if spec.version_label not in labels:
                    raise invalid(f"Unrecognized servable version label: {spec.version_label}")
                return labels[spec.version_label]
        return None

    def status(self, request: GetModelStatusRequest) -> GetModelStatusResponse:
        """The state of one version, or of all that the model ever had, the highest first.

        Raises:
            RefusedError: NOT_FOUND, if there is none.
        """
        if not request.HasField("model_spec"):
            raise invalid("Missing ModelSpec")
        spec, response = request.model_spec, GetModelStatusResponse()
        with self.manager.changed:
            for number, version in self.manager.of(spec.name).items():
                if spec.HasField("version") and spec.version.value != number:
                    continue
                status = ModelVersionStatus(version=number, state=version.state)
                status.status.error_code = version.error.code.value[0] if version.error else 0
                status.status.error_message = version.error.message if version.error else ""
                response.model_version_status.append(status)
        if not response.model_version_status:
            one = spec.HasField("version")
            what = f"version {spec.version.value}" if one else "any versions"
            raise not_found(f"Could not find {what} of model {spec.name}")
        return response

    def close(self) -> None:
        self.source.close()
        self.manager.close()
