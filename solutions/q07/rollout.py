"""A new version for everybody, and an old one again, while clients go on asking."""

from collections.abc import Callable

import grpc
from tensorflow_serving.apis.get_model_status_pb2 import GetModelStatusRequest, ModelVersionStatus
from tensorflow_serving.apis.model_management_pb2 import ReloadConfigRequest
from tensorflow_serving.apis.model_service_pb2_grpc import ModelServiceStub
from tensorflow_serving.config.model_server_config_pb2 import ModelConfig, ModelServerConfig


class PromotionError(Exception):
    """The new version does not load; what was served before is served still."""


def promote(
    stub: ModelServiceStub,
    config: ModelServerConfig,
    name: str,
    version: int,
    pause: Callable[[], None],
) -> None:
    """Give the label "stable" to another version of a model, newer or older, while it serves.

    Clients ask for the label all the time, and none is ever refused. The server takes a new
    configuration with HandleReloadConfigRequest, which moves labels at once, but refuses to move
    one to a version that is not available. Versions are loaded and unloaded in the background,
    a moment later. Until then, GetModelStatus is refused with NOT_FOUND for a version that the
    server has never heard of; one that it had before is at END. So is one that failed to load, and
    then its status has an error code: a version that has failed gets a new number when it is
    repaired.

    In the end, the server has the configuration that it had, but for the one version of this model
    and its label.

    Args:
        stub: of the server's ModelService.
        config: what the server has now: the model has one version, the one with the label
            "stable". It is not changed.
        name: which of the models.
        version: the one that is to be "stable"; its folder is there.
        pause: to be called before the server is asked for the same thing again.

    Raises:
        PromotionError: if the version does not load. The server then has the configuration that
            it had, `config`.
    """
    old = model_of(config, name).version_labels["stable"]
    reload(stub, changed(config, name, stable=old, versions=[old, version]))
    try:
        wait_until_available(stub, name, version, pause)
    except PromotionError:
        reload(stub, config)
        raise
    reload(stub, changed(config, name, stable=version, versions=[version]))


def model_of(config: ModelServerConfig, name: str) -> ModelConfig:
    return next(model for model in config.model_config_list.config if model.name == name)


def changed(
    config: ModelServerConfig, name: str, stable: int, versions: list[int]
) -> ModelServerConfig:
    """The same configuration, with other versions and another stable one for one model."""
    new = ModelServerConfig()
    new.CopyFrom(config)
    model = model_of(new, name)
    model.model_version_policy.specific.versions[:] = versions
    model.version_labels["stable"] = stable
    return new


def reload(stub: ModelServiceStub, config: ModelServerConfig) -> None:
    stub.HandleReloadConfigRequest(ReloadConfigRequest(config=config))


def wait_until_available(
    stub: ModelServiceStub, name: str, version: int, pause: Callable[[], None]
) -> None:
    request = GetModelStatusRequest()
    request.model_spec.name, request.model_spec.version.value = name, version
    while True:
        try:
            (status,) = stub.GetModelStatus(request).model_version_status
        except grpc.RpcError as error:
            if error.code() is not grpc.StatusCode.NOT_FOUND:
                raise
        else:
            if status.state == ModelVersionStatus.AVAILABLE:
                return
            if status.state == ModelVersionStatus.END and status.status.error_code:
                raise PromotionError(status.status.error_message)
        pause()
