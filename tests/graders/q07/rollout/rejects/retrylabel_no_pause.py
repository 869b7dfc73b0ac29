"""After another reload, the status is asked for again at once.

breaks: "is called before a status is asked for again"
fails: test_it_pauses_before_it_asks_again
"""

import copy

import grpc
from tensorflow_serving.apis import get_model_status_pb2 as gms
from tensorflow_serving.apis import model_management_pb2 as mm


class PromotionError(Exception):
    pass


def _find(config, name):
    return next(m for m in config.model_config_list.config if m.name == name)


def _send(stub, config):
    answer = stub.HandleReloadConfigRequest(mm.ReloadConfigRequest(config=config))
    if answer.status.error_code:
        raise RuntimeError(answer.status.error_message)


def _status(stub, name, version):
    request = gms.GetModelStatusRequest()
    request.model_spec.name = name
    request.model_spec.version.value = version
    try:
        answer = stub.GetModelStatus(request)
    except grpc.RpcError as e:
        if e.code() != grpc.StatusCode.NOT_FOUND:
            raise
        return None
    return next((s for s in answer.model_version_status if s.version == version), None)


def promote(stub, config, name, version, pause):
    wide = copy.deepcopy(config)
    model = _find(wide, name)
    model.model_version_policy.specific.versions.append(version)
    _send(stub, wide)
    model.version_labels["stable"] = version
    while True:
        try:
            _send(stub, wide)
            break
        except (grpc.RpcError, RuntimeError):
            s = _status(stub, name, version)
            if s is not None and s.status.error_code:
                _send(stub, config)
                raise PromotionError(s.status.error_message) from None
            __import__("time").sleep(0.05)
    del model.model_version_policy.specific.versions[:]
    model.model_version_policy.specific.versions.append(version)
    _send(stub, wide)
