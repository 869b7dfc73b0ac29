"""Configurations written as text, and calls by future."""

import grpc
from google.protobuf import text_format
from tensorflow_serving.apis.get_model_status_pb2 import GetModelStatusRequest
from tensorflow_serving.apis.model_management_pb2 import ReloadConfigRequest
from tensorflow_serving.config.model_server_config_pb2 import ModelServerConfig


class PromotionError(Exception):
    pass


class Promotion:
    def __init__(self, stub, config, name):
        self.stub, self.config, self.name = stub, config, name

    def serve(self, versions, stable):
        models = []
        for model in self.config.model_config_list.config:
            copy = text_format.Parse(text_format.MessageToString(model), type(model)())
            if model.name == self.name:
                copy.ClearField("model_version_policy")
                text_format.Merge(
                    f"specific {{ versions: [{','.join(map(str, versions))}] }}",
                    copy.model_version_policy,
                )
                copy.version_labels.clear()
                copy.version_labels.update({"stable": stable})
            models.append(copy)
        new = ModelServerConfig(model_config_list={"config": models})
        self.stub.HandleReloadConfigRequest.future(ReloadConfigRequest(config=new)).result(20)

    def has_loaded(self, version):
        request = GetModelStatusRequest(
            model_spec={"name": self.name, "version": {"value": version}}
        )
        call = self.stub.GetModelStatus.future(request)
        if call.code() is grpc.StatusCode.NOT_FOUND:
            return False
        status = call.result().model_version_status[0]
        if status.status.error_message:
            raise PromotionError(status.status.error_message)
        return status.state == status.AVAILABLE


def promote(stub, config, name, version, pause):
    promotion = Promotion(stub, config, name)
    old = {m.name: m.version_labels.get("stable") for m in config.model_config_list.config}[name]
    promotion.serve([version, old], old)
    try:
        while not promotion.has_loaded(version):
            pause()
    except PromotionError:
        promotion.serve([old], old)
        raise
    promotion.serve([version], version)
