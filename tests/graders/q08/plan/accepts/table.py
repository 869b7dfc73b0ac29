"""Sizes come from Keras itself, choices from a table."""

import keras
import tensorflow as tf


def training_bytes(parameters, *, policy="float32", slots=2):
    dtype = keras.dtype_policies.get(policy).variable_dtype
    return tf.as_dtype(dtype).size * parameters * sum([1, 1, slots])


def bytes_per_device(
    parameters, *, policy="float32", slots=2, model_parallel=1, data_parallel=1, sharded=()
):
    one = training_bytes(parameters, policy=policy, slots=0) / 2 / model_parallel
    parts = {"weights": one, "gradients": one, "slots": one * slots}
    return sum(
        size / (data_parallel if name in set(sharded) else 1) for name, size in parts.items()
    )


def choose(
    state_bytes, *, device_bytes, machines=1, devices_per_machine=1, tpu=False, unreliable=False
):
    devices = machines * devices_per_machine
    rules = [
        (state_bytes > devices * device_bytes, "none"),
        (state_bytes > device_bytes, "DTensor"),
        (tpu, "TPUStrategy"),
        (machines > 1 and unreliable, "ParameterServerStrategy"),
        (machines > 1, "MultiWorkerMirroredStrategy"),
        (devices > 1, "MirroredStrategy"),
        (True, "default"),
    ]
    return next(name for applies, name in rules if applies)


def best_strategy(tpu=None):
    try:
        found = tf.distribute.cluster_resolver.TPUClusterResolver(tpu)
    except (ValueError, OSError):
        found = None
    if found:
        try:
            tf.tpu.experimental.initialize_tpu_system(found)
            return tf.distribute.TPUStrategy(found)
        except Exception:
            print("no TPU named", tpu)
    if len(tf.config.list_physical_devices("GPU")) >= 2:
        return tf.distribute.MirroredStrategy()
    return tf.distribute.get_strategy()
