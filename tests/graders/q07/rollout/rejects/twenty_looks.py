"""After 20 looks it gives up, though the version is loading.

breaks: "the version does not load"
fails: test_stable_is_another_version_in_the_end
"""

from collections.abc import Callable

import grpc
from tensorflow_serving.apis.get_model_status_pb2 import GetModelStatusRequest, ModelVersionStatus
from tensorflow_serving.apis.model_management_pb2 import ReloadConfigRequest
from tensorflow_serving.apis.model_service_pb2_grpc import ModelServiceStub
from tensorflow_serving.config.model_server_config_pb2 import ModelServerConfig


class PromotionError(Exception):
    """The new version does not load."""


def promote(
    stub: ModelServiceStub,
    config: ModelServerConfig,
    name: str,
    version: int,
    pause: Callable[[], None],
) -> None:
    old = model_in(config, name).version_labels["stable"]

    both = copy_of(config)
    want(model_in(both, name), [old, version])
    reload(stub, both)

    error = await_version(stub, name, version, pause)
    if error is not None:
        reload(stub, config)
        raise PromotionError(error)

    last = copy_of(config)
    model = model_in(last, name)
    want(model, [version])
    model.version_labels["stable"] = version
    reload(stub, last)


def copy_of(config):
    copy = ModelServerConfig()
    copy.CopyFrom(config)
    return copy


def model_in(config, name):
    return next(model for model in config.model_config_list.config if model.name == name)


def want(model, versions):
    model.model_version_policy.specific.versions[:] = sorted(set(versions))


def reload(stub, config):
    stub.HandleReloadConfigRequest(ReloadConfigRequest(config=config))


def await_version(stub, name, version, pause):
    """None when it is available, or the error."""
    request = GetModelStatusRequest()
    request.model_spec.name = name
    request.model_spec.version.value = version
    for _ in range(20):
        try:
            statuses = stub.GetModelStatus(request).model_version_status
        except grpc.RpcError as error:
            if error.code() is not grpc.StatusCode.NOT_FOUND:
                raise
            statuses = []
        for status in statuses:
            if status.state == ModelVersionStatus.AVAILABLE:
                return None
            if status.state == ModelVersionStatus.END and status.status.error_code:
                return status.status.error_message
        pause()
    return f"version {version} did not load in time"
