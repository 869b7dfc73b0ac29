"""A model is found by how its name begins.

breaks: "Other models stay as they are"
fails: test_after_a_failure_all_is_as_it_was, test_an_old_version_comes_back, test_it_pauses_before_it_asks_again, test_other_models_stay, test_other_settings_of_the_model_stay, test_stable_is_another_version_in_the_end, test_the_config_is_not_changed, test_the_old_version_is_not_loaded_any_more
"""

from collections.abc import Callable

import grpc
from tensorflow_serving.apis.get_model_status_pb2 import GetModelStatusRequest, ModelVersionStatus
from tensorflow_serving.apis.model_management_pb2 import ReloadConfigRequest
from tensorflow_serving.apis.model_service_pb2_grpc import ModelServiceStub
from tensorflow_serving.config.model_server_config_pb2 import ModelConfig, ModelServerConfig


class PromotionError(Exception):
    pass


def promote(
    stub: ModelServiceStub,
    config: ModelServerConfig,
    name: str,
    version: int,
    pause: Callable[[], None],
) -> None:
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
    new = ModelServerConfig()
    new.CopyFrom(config)
    for model in new.model_config_list.config:
        if model.name.startswith(name):
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
