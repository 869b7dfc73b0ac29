"""A new version for everybody, and an old one again, while clients go on asking."""

from collections.abc import Callable

from tensorflow_serving.apis.model_service_pb2_grpc import ModelServiceStub
from tensorflow_serving.config.model_server_config_pb2 import ModelServerConfig


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
    raise NotImplementedError
