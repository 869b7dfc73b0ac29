"""The state is divided with //, so that what is left over fits anywhere.

breaks: "all devices together cannot hold the state"
fails: test_the_state_decides_first
"""

from collections.abc import Collection

import keras
import tensorflow as tf


def training_bytes(parameters: int, *, policy: str = "float32", slots: int = 2) -> int:
    size = tf.as_dtype(keras.DTypePolicy(policy).variable_dtype).size
    weights = parameters * size
    gradients = parameters * size
    memory = slots * parameters * size
    return weights + gradients + memory


def bytes_per_device(
    parameters: int,
    *,
    policy: str = "float32",
    slots: int = 2,
    model_parallel: int = 1,
    data_parallel: int = 1,
    sharded: Collection[str] = (),
) -> float:
    size = tf.as_dtype(keras.DTypePolicy(policy).variable_dtype).size
    parts = {
        "weights": parameters * size,
        "gradients": parameters * size,
        "slots": parameters * size * slots,
    }
    total = 0.0
    for name, part in parts.items():
        devices = model_parallel
        if name in sharded:
            devices *= data_parallel
        total += part / devices
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
    if state_bytes // devices > device_bytes:
        return "none"
    if state_bytes > device_bytes:
        return "DTensor"
    if tpu:
        return "TPUStrategy"
    if machines > 1 and unreliable:
        return "ParameterServerStrategy"
    if machines > 1:
        return "MultiWorkerMirroredStrategy"
    if devices > 1:
        return "MirroredStrategy"
    return "default"


def best_strategy(tpu: str | None = None) -> tf.distribute.Strategy:
    if tpu is not None:
        try:
            resolver = tf.distribute.cluster_resolver.TPUClusterResolver(tpu=tpu)
            tf.config.experimental_connect_to_cluster(resolver)
            tf.tpu.experimental.initialize_tpu_system(resolver)
            return tf.distribute.TPUStrategy(resolver)
        except Exception as error:
            print("no TPU:", error)
    gpus = tf.config.list_logical_devices("GPU")
    if len(gpus) >= 2:
        return tf.distribute.MirroredStrategy([gpu.name for gpu in gpus])
    return tf.distribute.get_strategy()
