"""TPUs come before the question whether all devices hold the state.

breaks: "all devices together cannot hold the state"
fails: test_the_state_decides_first
"""

from collections.abc import Collection

import keras
import tensorflow as tf


def _size(policy: str) -> int:
    return tf.as_dtype(keras.DTypePolicy(policy).variable_dtype).size


def training_bytes(parameters: int, *, policy: str = "float32", slots: int = 2) -> int:
    """Count the bytes that training keeps in memory."""
    return parameters * _size(policy) * (1 + 1 + slots)


def bytes_per_device(
    parameters: int,
    *,
    policy: str = "float32",
    slots: int = 2,
    model_parallel: int = 1,
    data_parallel: int = 1,
    sharded: Collection[str] = (),
) -> float:
    """Count these bytes on each device."""
    one = parameters * _size(policy)
    parts = {"weights": one, "gradients": one, "slots": slots * one}
    total = 0.0
    for name, part in parts.items():
        copies = data_parallel if name in sharded else 1
        total += part / (model_parallel * copies)
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
    """Name the tool for a training that keeps `state_bytes`."""
    together = device_bytes * devices_per_machine * machines
    if state_bytes > together and not tpu:
        return "none"
    if state_bytes > device_bytes:
        return "DTensor"
    if tpu:
        return "TPUStrategy"
    if machines > 1 and unreliable:
        return "ParameterServerStrategy"
    if machines > 1:
        return "MultiWorkerMirroredStrategy"
    if devices_per_machine > 1:
        return "MirroredStrategy"
    return "default"


def best_strategy(tpu: str | None = None) -> tf.distribute.Strategy:
    """Make a strategy that works on this machine."""
    if tpu is not None:
        try:
            resolver = tf.distribute.cluster_resolver.TPUClusterResolver(tpu=tpu)
            tf.config.experimental_connect_to_cluster(resolver)
            tf.tpu.experimental.initialize_tpu_system(resolver)
            return tf.distribute.TPUStrategy(resolver)
        except Exception as error:
            print(f"no TPU {tpu!r}: {type(error).__name__}")
    gpus = tf.config.list_logical_devices("GPU")
    if len(gpus) >= 2:
        return tf.distribute.MirroredStrategy([gpu.name for gpu in gpus])
    return tf.distribute.get_strategy()
