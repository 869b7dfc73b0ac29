"""Another version for everybody, while clients go on asking."""

from collections.abc import Callable

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
    """Move the label "stable" to another version of a model, newer or older.

    >>> import time
    >>> from lab.scoring import served
    >>> with served([1, 2], stable=1) as server, grpc.insecure_channel(server.target) as channel:
    ...     pause = lambda: time.sleep(0.1)
    ...     promote(ModelServiceStub(channel), server.config, "fraud", 2, pause)
    ...     server.core.labels
    {'fraud': {'stable': 2}}

    The server has `config`. Its model `name` has one version, with the label. The new version is in
    the model's folder, whole or not.
    HandleReloadConfigRequest replaces the configuration. Labels move at once, and only to versions
    that are loaded. Versions are loaded and unloaded later. GetModelStatus says NOT_FOUND at first.
    In the end it says AVAILABLE, or END with an error code.

    - Clients that ask for "stable" are never refused.
    - In the end, "stable" is `version`.
    - No other version of the model stays loaded.
    - Other models stay as they are.

    Args:
        pause: is called before a status is asked for again.

    Raises:
        PromotionError: the version does not load.

    Beyond the idea:
        - After a PromotionError, the server has `config` again.
        - A version that was unloaded earlier, and is at END without an error, comes back.
        - The other settings of the model stay as they are.
        - The message `config` is not changed.
    """
    raise NotImplementedError
