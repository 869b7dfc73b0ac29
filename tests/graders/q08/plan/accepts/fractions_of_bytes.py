"""Bytes are exact fractions; the rules are asked from the last one on."""

from fractions import Fraction

import tensorflow as tf

BITS = {"float32": 32, "mixed_bfloat16": 32, "mixed_float16": 32, "bfloat16": 16, "float16": 16}


def training_bytes(parameters, *, policy="float32", slots=2):
    return sum(parameters * BITS[policy] // 8 for _ in range(2 + slots))


def bytes_per_device(
    parameters, *, policy="float32", slots=2, model_parallel=1, data_parallel=1, sharded=()
):
    one = Fraction(parameters * BITS[policy], 8 * model_parallel)
    counts = {"weights": 1, "gradients": 1, "slots": slots}
    return sum(
        count * one / (data_parallel if part in sharded else 1) for part, count in counts.items()
    )


def choose(
    state_bytes, *, device_bytes, machines=1, devices_per_machine=1, tpu=False, unreliable=False
):
    name = "default"
    if devices_per_machine >= 2:
        name = "MirroredStrategy"
    if machines >= 2:
        name = ("MultiWorkerMirrored", "ParameterServer")[bool(unreliable)] + "Strategy"
    if tpu:
        name = "TPUStrategy"
    if state_bytes > device_bytes:
        name = "DTensor"
    return name if state_bytes <= machines * devices_per_machine * device_bytes else "none"


def best_strategy(tpu=None):
    gpus = tf.config.list_physical_devices("GPU")
    try:
        return tf.distribute.TPUStrategy(
            tf.distribute.cluster_resolver.TPUClusterResolver.connect(tpu)
        )
    except Exception:
        if len(gpus) > 1:
            return tf.distribute.MirroredStrategy([f"GPU:{i}" for i in range(len(gpus))])
        return tf.distribute.OneDeviceStrategy("GPU:0" if gpus else "CPU:0")
