"""Label and policy one after the other; the status of all versions of the model."""

import copy

import grpc
from tensorflow_serving.apis import get_model_status_pb2, model_management_pb2


class PromotionError(Exception):
    pass


def promote(stub, config, name, version, pause):
    new = copy.deepcopy(config)
    models = {model.name: model for model in new.model_config_list.config}
    model = models[name]
    before = list(model.model_version_policy.specific.versions)

    def send(message):
        stub.HandleReloadConfigRequest(
            model_management_pb2.ReloadConfigRequest(config=message), timeout=10
        )

    def state():
        request = get_model_status_pb2.GetModelStatusRequest()
        request.model_spec.name = name
        for status in stub.GetModelStatus(request, timeout=10).model_version_status:
            if status.version == version:
                return status
        return None

    model.model_version_policy.specific.versions.append(version)
    send(new)
    while True:
        seen = state()
        if seen is not None:
            if seen.state == get_model_status_pb2.ModelVersionStatus.AVAILABLE:
                break
            if seen.status.error_code != 0:
                send(config)
                raise PromotionError(seen.status.error_message)
        pause()
    model.version_labels["stable"] = version
    send(new)
    for number in before:
        model.model_version_policy.specific.versions.remove(number)
    send(new)
