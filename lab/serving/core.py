"""The models, their versions and labels: what is loaded, when, and who gets a request.

Source: model_servers/server_core.cc (ReloadConfig, GetModelVersionForLabel),
core/availability_preserving_policy.cc, model_servers/get_model_status_impl.cc; and
sources/storage_path/file_system_storage_path_source.cc, whose UpdateConfig leaves versions to the
next look at the files.
"""

import threading
from pathlib import Path

from tensorflow_serving.apis.get_model_status_pb2 import GetModelStatusResponse, ModelVersionStatus
from tensorflow_serving.apis.model_pb2 import ModelSpec

from lab.serving import config as rules
from lab.serving.errors import RefusedError, invalid, not_found
from lab.serving.messages import ModelServerConfig
from lab.serving.servable import Servable
from lab.serving.versions import aspired

Key = tuple[str, int]  # name of a model and number of a version


class Core:
    """The state of a server.

    Attributes:
        config: the last list of models that was accepted.
        labels: version by name of model and label.
        loaded: the versions that answer requests.
        loading: those that were noticed and do not answer yet.
        failed: why versions did not load.
    """

    def __init__(self, config: ModelServerConfig, labels_for_unavailable: bool = False):
        self.labels_for_unavailable = labels_for_unavailable
        self.config = ModelServerConfig()
        self.labels: rules.Labels = {}
        self.loaded: dict[Key, Servable] = {}
        self.loading: dict[Key, Path] = {}
        self.failed: dict[Key, RefusedError] = {}
        self.ended: set[Key] = set()
        self.queries = 0  # for a status, since the last reload
        self.lock = threading.RLock()
        self.reload(config)

    def reload(self, config: ModelServerConfig) -> None:
        """Replace the list of models.

        Labels move at once. Models that are new are loaded before this returns. For all else the
        server looks at the file system the next time, a second later: see `pass_time`.

        Raises:
            RefusedError: if the list or a label is refused. What is served stays as it was.
        """
        with self.lock:
            rules.check(config)
            labels = rules.labels_of(
                config,
                before=self.labels,
                available=self.loaded,
                for_unavailable=self.labels_for_unavailable,
            )
            known = {model.name for model in self.config.model_config_list.config}
            self.config, self.labels, self.queries = ModelServerConfig(), labels, 0
            self.config.CopyFrom(config)
            new = {key: folder for key, folder in self.wanted().items() if key[0] not in known}
            self.load(new)

    def poll(self) -> None:
        """Look at the file system, load what is new, and unload what is not wanted any more."""
        with self.lock:
            self.notice()
            self.load(self.loading)
            self.unload()

    def pass_time(self) -> None:
        """What happens by itself in a real server happens here while its status is asked for.

        After a reload, the first question comes too early for everything, the second one while
        new versions load, and with the third one they are there.
        """
        self.queries += 1
        if self.queries == 2:
            self.notice()
        elif self.queries > 2:
            self.poll()

    def wanted(self) -> dict[Key, Path]:
        models = self.config.model_config_list.config
        return {(m.name, v): folder for m in models for v, folder in aspired(m).items()}

    def notice(self) -> None:
        known = self.loaded.keys() | self.failed.keys()
        self.loading = {key: folder for key, folder in self.wanted().items() if key not in known}

    def load(self, versions: dict[Key, Path]) -> None:
        for key, folder in versions.items():
            self.ended.discard(key)
            try:
                self.loaded[key] = Servable(folder)
            except RefusedError as refused:  # a broken version never takes the server down
                self.failed[key] = refused
        self.loading = {}

    def unload(self) -> None:
        """Drop what is not wanted, but never the last version that serves before its successor."""
        wanted = self.wanted()
        for key in [key for key in self.failed if key not in wanted]:
            del self.failed[key]  # it is tried again when it is wanted again
            self.ended.add(key)
        for key in [key for key in self.loaded if key not in wanted]:
            others = [other for other in wanted if other[0] == key[0]]
            if not others or any(other in self.loaded for other in others):
                self.loaded.pop(key).close()
                self.ended.add(key)

    def find(self, spec: ModelSpec) -> tuple[int, Servable]:
        """The version that a ModelSpec means: by number, by label, or the highest one loaded.

        Raises:
            RefusedError: INVALID_ARGUMENT for a label that nobody has, NOT_FOUND for a model or a
                version that is not loaded.
        """
        if not spec.name:
            raise invalid("ModelSpec has no name specified.")
        with self.lock:
            match spec.WhichOneof("version_choice"):
                case "version_label":
                    label = spec.version_label
                    version = self.labels.get(spec.name, {}).get(label)
                    if version is None:
                        raise invalid(f"Unrecognized servable version label: {label}")
                    said = f"Specific({spec.name}, {version})"
                case "version":
                    version = spec.version.value
                    said = f"Specific({spec.name}, {version})"
                case _:
                    version = max((v for name, v in self.loaded if name == spec.name), default=-1)
                    said = f"Latest({spec.name})"
            if (spec.name, version) not in self.loaded:
                raise not_found(f"Servable not found for request: {said}")
            return version, self.loaded[spec.name, version]

    def status(self, spec: ModelSpec) -> GetModelStatusResponse:
        """The state of one version, or of all that the model ever had.

        Raises:
            RefusedError: NOT_FOUND, if there is none.
        """
        with self.lock:
            self.pass_time()
            versions = self.states(spec.name)
            if spec.HasField("version"):
                versions = {v: s for v, s in versions.items() if v == spec.version.value}
                if not versions:
                    version = spec.version.value
                    raise not_found(f"Could not find version {version} of model {spec.name}")
            if not versions:
                raise not_found(f"Could not find any versions of model {spec.name}")
            return GetModelStatusResponse(
                model_version_status=[versions[version] for version in sorted(versions)]
            )

    def states(self, name: str) -> dict[int, ModelVersionStatus]:
        by_state = {
            ModelVersionStatus.END: [*self.ended, *self.failed],
            ModelVersionStatus.LOADING: self.loading,
            ModelVersionStatus.AVAILABLE: self.loaded,
        }
        states = {
            version: ModelVersionStatus(version=version, state=state)
            for state, keys in by_state.items()
            for model, version in keys
            if model == name
        }
        for (model, version), refused in self.failed.items():
            if model == name:
                states[version].status.error_code = refused.code.value[0]
                states[version].status.error_message = refused.message
        return states

    def close(self) -> None:
        with self.lock:
            for servable in self.loaded.values():
                servable.close()
            self.loaded.clear()
