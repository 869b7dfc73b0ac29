"""TensorFlow runs what the quick check asks about, and your predictions are compared."""

import keras
import pytest
import tensorflow as tf

from dojo import expect
from katas.q08 import quick_check as answers
from lab.processes import run

pytestmark = pytest.mark.timeout(60)


def truth_of(snippet):
    """What a snippet gives in a process of its own, with four logical CPUs."""
    return run(snippet, devices=4, called=snippet.__name__)


def short(device):
    return device.split("device:")[-1]


def replicas():
    return tf.distribute.MirroredStrategy().num_replicas_in_sync


def test_a_mirrored_strategy_without_a_gpu():
    """1. A MirroredStrategy on a machine without a GPU.

    It takes all devices of the kind it prefers; ask what it does if there is none.
    """
    expect.prediction(answers.REPLICAS, truth_of(replicas), called="REPLICAS")


def kernel():
    with tf.device("CPU:1"):
        layer = keras.layers.Dense(3)
    layer(tf.ones([2, 4]))
    return short(layer.kernel.value.device)


def test_a_layer_constructed_under_a_device_scope():
    """2. A Keras layer that is constructed on a device.

    Ask when its weights are made.
    """
    expect.prediction(answers.KERNEL, truth_of(kernel), called="KERNEL", among=("CPU:0", "CPU:1"))


def copies():
    strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:2"])
    with strategy.scope(), tf.device("CPU:1"):
        variable = tf.Variable(1.0)
    return sorted(short(copy.device) for copy in strategy.experimental_local_results(variable))


def test_a_device_scope_inside_a_strategy():
    """3. A device scope inside the scope of a strategy.

    Both want to say where a variable is. The plan "data parallel over machines, model parallel in
    each of them" stands or falls with it.
    """
    expect.prediction(answers.COPIES, truth_of(copies), called="COPIES")


def values():
    strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
    with strategy.scope():
        variable = tf.Variable(0.0)

    @tf.function
    def replica():
        replica_id = tf.distribute.get_replica_context().replica_id_in_sync_group
        variable.assign_add(tf.cast(replica_id, tf.float32) + 1.0)

    try:
        strategy.run(replica)
    except Exception:
        return "error"
    return [float(copy) for copy in strategy.experimental_local_results(variable)]


def test_an_update_that_differs_between_replicas():
    """4. Each replica adds another number to a mirrored variable.

    "Mirrored" says that copies are equal. Ask who would have to make them so.
    """
    expect.prediction(answers.VALUES, truth_of(values), called="VALUES")


def no_such_device():
    try:
        with tf.device("GPU:1"):
            return short((tf.constant(1.0) + 1.0).device)
    except Exception:
        return "error"


def test_a_device_that_is_not_there():
    """5. An op on a GPU that is not there.

    Soft placement is on by default: ask what is soft about it.
    """
    if tf.config.list_physical_devices("GPU"):
        pytest.skip("this machine has a GPU")
    expect.prediction(answers.NO_SUCH_DEVICE, truth_of(no_such_device), called="NO_SUCH_DEVICE")


def keras_distribution():
    try:
        parallel = keras.distribution.DataParallel(devices=["cpu:0", "cpu:1"])
        keras.distribution.set_distribution(parallel)
        layer = keras.layers.Dense(3)
        layer.build([2, 4])
    except Exception:
        return "error"
    return len(getattr(layer.kernel.value, "values", [layer.kernel.value]))


def test_a_distribution_of_keras():
    """6. A distribution of Keras, with TensorFlow as its backend.

    Ask which backends it is written for, and whether the others say so.
    """
    seen = answers.KERAS_DISTRIBUTION
    expect.prediction(seen, truth_of(keras_distribution), called="KERAS_DISTRIBUTION")
