"""Memory is compared in whole gigabytes.

breaks: "A device holds what fills it to the last byte"
fails: test_a_full_device_is_large_enough, test_the_state_decides_first
"""

from collections.abc import Collection

import tensorflow as tf


def training_bytes(parameters: int, *, policy: str = "float32", slots: int = 2) -> int:
    # A mixed policy computes in 16 bits; variables, gradients and slots stay in 32.
    return parameters * bytes_of_a_number(policy) * (2 + slots)


def bytes_of_a_number(policy: str) -> int:
    return 2 if policy in ("bfloat16", "float16") else 4


def bytes_per_device(
    parameters: int,
    *,
    policy: str = "float32",
    slots: int = 2,
    model_parallel: int = 1,
    data_parallel: int = 1,
    sharded: Collection[str] = (),
) -> float:
    total = 0.0
    for part, copies in (("weights", 1), ("gradients", 1), ("slots", slots)):
        size = copies * parameters * bytes_of_a_number(policy) / model_parallel
        total += size / data_parallel if part in sharded else size
    return total


def choose(
    state_bytes: int,
    *,
    device_bytes: int,
    machines: int = 1,
    devices_per_machine: int = 1,
    tpu: bool = False,
    unreliable: bool = False,
) -> str:
    devices = machines * devices_per_machine
    state_bytes, device_bytes = state_bytes // 10**9, device_bytes // 10**9
    if state_bytes > devices * device_bytes:
        return "none"
    if state_bytes > device_bytes:
        return "DTensor"
    if tpu:
        return "TPUStrategy"
    if machines > 1:
        return "ParameterServerStrategy" if unreliable else "MultiWorkerMirroredStrategy"
    return "MirroredStrategy" if devices > 1 else "default"


def best_strategy(tpu: str | None = None) -> tf.distribute.Strategy:
    try:
        resolver = tf.distribute.cluster_resolver.TPUClusterResolver.connect(tpu)
        return tf.distribute.TPUStrategy(resolver)
    except (ValueError, OSError, tf.errors.NotFoundError):  # no name, no network, no TPU
        pass
    gpus = tf.config.list_logical_devices("GPU")
    if len(gpus) > 1:  # without an argument it would take logical CPUs as well
        return tf.distribute.MirroredStrategy([gpu.name for gpu in gpus])
    return tf.distribute.get_strategy()
