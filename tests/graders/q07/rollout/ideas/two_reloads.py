"""Both versions, a wait, and then the new one alone; nothing is cleaned up after a failure."""

import grpc
from tensorflow_serving.apis.get_model_status_pb2 import GetModelStatusRequest
from tensorflow_serving.apis.model_management_pb2 import ReloadConfigRequest

AVAILABLE, END = 30, 50


class PromotionError(Exception):
    pass


def promote(stub, config, name, version, pause):
    (model,) = [model for model in config.model_config_list.config if model.name == name]
    model.model_version_policy.specific.versions.append(version)
    stub.HandleReloadConfigRequest(ReloadConfigRequest(config=config))
    while (state := state_of(stub, name, version)) != AVAILABLE:
        if state == END:
            raise PromotionError(f"version {version} does not load")
        pause()
    model.model_version_policy.specific.versions[:] = [version]
    model.version_labels["stable"] = version
    stub.HandleReloadConfigRequest(ReloadConfigRequest(config=config))


def state_of(stub, name, version):
    request = GetModelStatusRequest()
    request.model_spec.name = name
    request.model_spec.version.value = version
    try:
        return stub.GetModelStatus(request).model_version_status[0].state
    except grpc.RpcError:
        return None
