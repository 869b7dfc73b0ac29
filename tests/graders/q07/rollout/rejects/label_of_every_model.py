"""The label is moved in every model that has it at the old version.

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
    """The new version does not load."""


def promote(
    stub: ModelServiceStub,
    config: ModelServerConfig,
    name: str,
    version: int,
    pause: Callable[[], None],
) -> None:
    """Move the label "stable" to another version of a model, newer or older."""
    first = ModelServerConfig()
    first.CopyFrom(config)
    model = model_of(first, name)
    old = model.version_labels["stable"]
    keep_only(model, [old, version])
    reload(stub, first)
    try:
        wait_until_loaded(stub, name, version, pause)
    except PromotionError:
        reload(stub, config)
        raise
    last = ModelServerConfig()
    last.CopyFrom(config)
    for model in last.model_config_list.config:
        if model.name == name or model.version_labels.get("stable") == old:
            keep_only(model, [version])
            model.version_labels["stable"] = version
    reload(stub, last)


def model_of(config: ModelServerConfig, name: str) -> ModelConfig:
    for model in config.model_config_list.config:
        if model.name == name:
            return model
    raise LookupError(f"There is no model {name}.")


def keep_only(model: ModelConfig, versions: list[int]) -> None:
    model.model_version_policy.Clear()
    model.model_version_policy.specific.versions.extend(versions)


def reload(stub: ModelServiceStub, config: ModelServerConfig) -> None:
    stub.HandleReloadConfigRequest(ReloadConfigRequest(config=config))


def wait_until_loaded(
    stub: ModelServiceStub, name: str, version: int, pause: Callable[[], None]
) -> None:
    request = GetModelStatusRequest()
    request.model_spec.name = name
    request.model_spec.version.value = version
    while True:
        try:
            response = stub.GetModelStatus(request)
        except grpc.RpcError as error:
            if error.code() != grpc.StatusCode.NOT_FOUND:
                raise
        else:
            found = response.model_version_status[0]
            if found.state == ModelVersionStatus.AVAILABLE:
                return
            if found.state == ModelVersionStatus.END and found.status.error_code:
                raise PromotionError(found.status.error_message)
        pause()
