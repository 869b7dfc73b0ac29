"""Which folders are versions, and which versions are to be loaded.

Source: sources/storage_path/file_system_storage_path_source.cc.
"""

import re
from pathlib import Path

from tensorflow_serving.config.model_server_config_pb2 import ModelConfig

from lab.serving.errors import invalid

LIMIT = 2**63  # of an int64


def versions_in(base_path: str) -> dict[int, Path]:
    """What lies in the folder of a model and has an int64 for a name; "007" is 7.

    Raises:
        RefusedError: INVALID_ARGUMENT, if the folder is not there.
    """
    if not Path(base_path).is_dir():
        raise invalid(f"Could not find base path {base_path}")
    children = sorted(Path(base_path).iterdir())
    found = {int(c.name): c for c in children if re.fullmatch(r"\s*[+-]?[0-9]+\s*", c.name)}
    return {version: child for version, child in found.items() if -LIMIT <= version < LIMIT}


def aspired(model: ModelConfig) -> dict[int, Path]:
    """The versions that the policy of a ModelConfig asks for, as far as they are there.

    Without a policy it is the latest one. "Latest" goes by number, not by date.
    """
    found = versions_in(model.base_path)
    policy = model.model_version_policy
    match policy.WhichOneof("policy_choice"):
        case "all":
            wanted = set(found)
        case "specific":
            wanted = set(policy.specific.versions)
        case _:
            wanted = set(sorted(found)[-max(1, policy.latest.num_versions) :])
    return {version: folder for version, folder in found.items() if version in wanted}
