"""When a version does not load, the configuration that was given is changed and sent.

breaks: "the server has `config` again"
fails: test_after_a_failure_all_is_as_it_was
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
    given = config
    model = _find(wide, name)
    model.model_version_policy.specific.versions.append(version)
    _send(stub, wide)
    while True:
        s = _status(stub, name, version)
        if s is not None and s.state == s.AVAILABLE:
            break
        if s is not None and s.state == s.END and s.status.error_code:
            given.CopyFrom(wide)
            _send(stub, given)
            raise PromotionError(s.status.error_message)
        pause()
    model.version_labels["stable"] = version
    _send(stub, wide)
    del model.model_version_policy.specific.versions[:]
    model.model_version_policy.specific.versions.append(version)
    _send(stub, wide)
