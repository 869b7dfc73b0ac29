"""Integers as long as possible; connect is part of the resolver."""

from fractions import Fraction

import tensorflow as tf

WIDTH = {"float32": 4, "mixed_bfloat16": 4, "mixed_float16": 4, "bfloat16": 2, "float16": 2}


def training_bytes(parameters: int, *, policy: str = "float32", slots: int = 2) -> int:
    weights = gradients = parameters * WIDTH[policy]
    return weights + gradients + slots * weights


def bytes_per_device(
    n, *, policy="float32", slots=2, model_parallel=1, data_parallel=1, sharded=()
):
    numbers = Fraction(0)
    for part, count in [("weights", 1), ("gradients", 1), ("slots", slots)]:
        places = model_parallel * (data_parallel if part in sharded else 1)
        numbers += Fraction(n * count * WIDTH[policy], places)
    return float(numbers)


def choose(
    state_bytes, *, device_bytes, machines=1, devices_per_machine=1, tpu=False, unreliable=False
):
    if state_bytes > device_bytes:
        return "DTensor" if state_bytes <= device_bytes * machines * devices_per_machine else "none"
    if tpu:
        return "TPUStrategy"
    match (machines > 1, unreliable, devices_per_machine > 1):
        case (True, True, _):
            return "ParameterServerStrategy"
        case (True, _, _):
            return "MultiWorkerMirroredStrategy"
        case (_, _, True):
            return "MirroredStrategy"
    return "default"


def best_strategy(tpu=None):
    try:
        resolver = tf.distribute.cluster_resolver.TPUClusterResolver.connect(tpu)
        return tf.distribute.TPUStrategy(resolver)
    except (ValueError, OSError, tf.errors.OpError):
        gpus = [f"GPU:{i}" for i, _ in enumerate(tf.config.list_physical_devices("GPU"))]
        return tf.distribute.MirroredStrategy(gpus) if gpus[1:] else tf.distribute.get_strategy()
