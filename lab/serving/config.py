"""What the server checks in its list of models.

Source: model_servers/server_core.cc (ValidateModelConfigList, UpdateModelVersionLabelMap).
"""

import os
import re
from collections import Counter
from collections.abc import Collection

from tensorflow_serving.config.model_server_config_pb2 import ModelConfig, ModelType

from lab.serving.errors import invalid, precondition
from lab.serving.messages import ModelServerConfig

URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
Labels = dict[str, dict[str, int]]  # by name of model and label


def check(config: ModelServerConfig) -> None:
    """Refuse what the text format lets through.

    Raises:
        RefusedError: INVALID_ARGUMENT.
    """
    models = config.model_config_list.config
    times = Counter(model.name for model in models)
    for model in models:
        if times[model.name] > 1:
            raise invalid(f"Illegal to list model {model.name} multiple times in config list")
        if not os.path.isabs(model.base_path) and not URI.match(model.base_path):
            raise invalid(
                f"Expected model {model.name} to have an absolute path or URI; "
                f"got base_path()={model.base_path}"
            )
    for model in models:
        if platform_of(model) != "tensorflow":
            name, platform = model.name, platform_of(model)
            raise invalid(f"Model {name} requests unsupported platform {platform}")
    if any(model.HasField("logging_config") for model in models):
        raise invalid("No request-logger-creator provided.")


def platform_of(model: ModelConfig) -> str:
    """The platform, or what the deprecated model_type says of it."""
    if model.model_type and model.model_platform:
        raise invalid(
            "Illegal setting both ModelServerConfig::model_type (deprecated) and "
            f"ModelServerConfig::model_platform, model name is {model.name}"
        )
    if model.model_type not in (0, ModelType.Value("TENSORFLOW")):
        raise invalid(f"ModelServerConfig::model_type choice {model.model_type} not supported.")
    platform = "tensorflow" if model.model_type else model.model_platform
    if not platform:
        raise invalid(
            "Illegal setting neither ModelServerConfig::model_type (deprecated) nor "
            f"ModelServerConfig::model_platform, model name is {model.name}"
        )
    return str(platform)


def check_platforms(before: ModelServerConfig, after: ModelServerConfig) -> None:
    """Refuse another platform for a model that is there.

    Raises:
        RefusedError: INVALID_ARGUMENT.
    """
    platforms = {model.name: platform_of(model) for model in before.model_config_list.config}
    for model in after.model_config_list.config:
        if platforms.get(model.name, platform_of(model)) != platform_of(model):
            raise invalid(f"Illegal to change a model's platform. For model {model.name}")


def labels_of(
    config: ModelServerConfig,
    *,
    before: Labels,
    available: Collection[tuple[str, int]],
    for_unavailable: bool,
) -> Labels:
    """The labels of a configuration that is to replace another one.

    A label may be given to a version that is available. To one that is not it may be given only
    by a server that was started with the flag for it, and only if no other version has it.

    Raises:
        RefusedError: FAILED_PRECONDITION.
    """
    labels: Labels = {}
    for model in config.model_config_list.config:
        for label, version in model.version_labels.items():
            now = before.get(model.name, {}).get(label, version)
            is_new = for_unavailable and now == version
            if not is_new and (model.name, version) not in available:
                raise precondition(
                    f"Request to assign label to version {version} of model {model.name}, "
                    "which is not currently available for inference"
                )
            labels.setdefault(model.name, {})[label] = version
    return labels
