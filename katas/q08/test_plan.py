import keras
import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q08.plan import best_strategy, bytes_per_device, choose, training_bytes
from lab.network import private_network
from lab.processes import run

pytestmark = pytest.mark.timeout(60)  # a run that hangs is ended long before, with a message

BILLION, GB = 10**9, 10**9
ALL = ("weights", "gradients", "slots")


def kept_by_keras(policy, optimizer):
    """How many parameters a small model has, and the bytes that training keeps for them."""
    model = keras.Sequential([keras.Input([64]), keras.layers.Dense(64, dtype=policy)])
    optimizer.build(model.trainable_variables)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(model(tf.ones([2, 64])))
    kept = [v.value for v in (*model.trainable_variables, *optimizer.variables) if len(v.shape)]
    kept += tape.gradient(loss, [v.value for v in model.trainable_variables])
    return model.count_params(), sum(k.dtype.size * k.shape.num_elements() for k in kept)


def measured(name):
    """What Keras keeps: in a process of its own, as this one shall stay without an op."""
    policy, slots = name
    made = {
        3: keras.optimizers.Adam(amsgrad=True),
        2: keras.optimizers.Adam(),
        1: keras.optimizers.SGD(momentum=0.9),
    }
    return kept_by_keras(policy, made.get(slots) or keras.optimizers.SGD())


@pytest.mark.parametrize("slots", [0, 1, 2, 3])
def test_training_keeps_more_than_weights(slots):
    """Training keeps weights, gradients and what the optimizer remembers.

    Adam remembers two numbers for each weight, momentum one. Keras itself is measured here.
    """
    called = f"training_bytes(parameters, slots={slots})"
    with expect.works(called):
        training_bytes(4160, slots=slots)
    parameters, truth = run(measured, ("float32", slots), called=called)
    expect.value(
        training_bytes(parameters, slots=slots), truth, called=f"{called}, of {parameters}"
    )


@pytest.mark.parametrize("policy", ["mixed_bfloat16", "mixed_float16", "bfloat16", "float16"])
def test_a_dtype_policy_decides_what_is_kept_in_16_bits(policy):
    """The dtype policy decides what is kept in 16 bits, and a mixed one computes in them.

    Ask of each policy for the dtype of variables, not of what flows through the layers. Keras
    itself is measured here.
    """
    called = f"training_bytes(parameters, policy={policy!r})"
    with expect.works(called):
        training_bytes(4160, policy=policy)
    parameters, truth = run(measured, (policy, 2), called=called)
    seen = training_bytes(parameters, policy=policy)
    expect.value(seen, truth, called=f"{called}, of {parameters}")


@pytest.mark.parametrize(
    ("layout", "gigabytes"),
    [
        ({}, 1600),
        ({"model_parallel": 8, "data_parallel": 8}, 200),
        ({"model_parallel": 64}, 25),
        ({"data_parallel": 64}, 1600),
        ({"model_parallel": 8, "policy": "bfloat16", "slots": 1}, 75),
    ],
)
def test_copies_do_not_divide_the_state(layout, gigabytes):
    """Model parallelism divides the state over devices; data parallelism copies it.

    Eight machines with eight devices, and a model of 100 billion parameters: what one device has
    to hold depends on over how many devices one copy is divided, not on how many there are.
    """
    shown = ", ".join(f"{name}={value!r}" for name, value in layout.items())
    seen = bytes_per_device(100 * BILLION, **layout)
    called = f"bytes_per_device(100 * 10**9, {shown})"
    expect.value(seen, np.float64(gigabytes * GB), called=called)


@pytest.mark.parametrize(
    ("sharded", "gigabytes"),
    [
        (["slots"], 125),
        ({"gradients", "slots"}, 87.5),
        (ALL, 50),
        (("weights",), 162.5),
        (("gradients",), 162.5),
    ],
)
def test_what_is_sharded_is_divided_over_the_copies(sharded, gigabytes):
    """What is sharded is divided over the copies as well; the rest is not.

    Each copy may keep a part of the slots, of the gradients, of the weights, and fetch the rest
    when it is needed.
    """
    layout = {"model_parallel": 8, "data_parallel": 4}
    seen = bytes_per_device(100 * BILLION, **layout, sharded=sharded)
    shown = f"{{{str(sorted(sharded))[1:-1]}}}" if isinstance(sharded, set) else sharded
    called = f"bytes_per_device(100 * 10**9, model_parallel=8, data_parallel=4, sharded={shown})"
    expect.value(seen, np.float64(gigabytes * GB), called=called)


@pytest.mark.parametrize(
    ("layout", "count"),
    [
        ({"model_parallel": 8}, 10.0),
        ({"sharded": ALL}, 80.0),
        ({"data_parallel": 8, "sharded": ALL}, 10.0),
    ],
)
def test_bytes_are_counted_exactly(layout, count):
    """Every byte counts, parts of a byte, too, and what is not said is 1.

    Five parameters show what a hundred billion hide.
    """
    shown = ", ".join(f"{name}={value!r}" for name, value in layout.items())
    called = f"bytes_per_device(5, {shown})"
    expect.value(bytes_per_device(5, **layout), np.float64(count), called=called)


@pytest.mark.parametrize(
    ("state", "cluster", "name"),
    [
        (1600, {"machines": 8, "devices_per_machine": 8}, "DTensor"),
        (1600, {"machines": 2, "devices_per_machine": 8, "unreliable": True}, "none"),
        (320, {"machines": 1, "devices_per_machine": 8, "tpu": True}, "DTensor"),
        (40, {"machines": 8, "devices_per_machine": 8}, "MultiWorkerMirroredStrategy"),
        (10, {"machines": 8, "unreliable": True}, "ParameterServerStrategy"),
        (10, {"machines": 8, "tpu": True, "unreliable": True}, "TPUStrategy"),
        (10, {"tpu": True}, "TPUStrategy"),
        (10, {"machines": 2}, "MultiWorkerMirroredStrategy"),
        (10, {"devices_per_machine": 2}, "MirroredStrategy"),
        (10, {"devices_per_machine": 4, "unreliable": True}, "MirroredStrategy"),
        (10, {}, "default"),
        (41, {}, "none"),
    ],
)
def test_the_state_decides_first(state, cluster, name):
    """What has to fit decides first, then the devices.

    No strategy of tf.distribute but one divides the variables of a model: a mirrored one puts all
    of them on each device.
    """
    seen = choose(state * GB, device_bytes=40 * GB, **cluster)
    shown = ", ".join(f"{key}={value}" for key, value in cluster.items())
    called = f"choose({state} GB, device_bytes=40 GB, {shown})".replace(", )", ")")
    expect.same(seen, name, called=called)


def strategy_here(tpu):
    private_network()  # a name is asked for where nobody answers
    with expect.works(f"best_strategy({tpu!r}) without a TPU"):
        strategy = best_strategy(tpu)
    with strategy.scope():
        variable = tf.Variable(1.0)
    gpus = len(tf.config.list_physical_devices("GPU"))
    return strategy.num_replicas_in_sync, max(gpus, 1), float(variable + 1)


@pytest.mark.parametrize("tpu", [None, "local", "tpu-of-the-lab"])
def test_a_missing_tpu_is_no_error(tpu):
    """Without a TPU, training goes on with what there is.

    A resolver without a name raises at once, one that asks for a name when nobody answers; with
    "local", the first one to notice is the initialization. None of them falls back by itself.
    """
    called = f"best_strategy({tpu!r}) without a TPU"
    *_, two = run(strategy_here, tpu, called=called)
    expect.value(two, 2.0, called=f"1 + a variable, after {called}")


def test_logical_cpus_are_no_gpus():
    """Several CPUs of one machine are no reason for several copies.

    Ask what MirroredStrategy takes if it is not told and there is no GPU.
    """
    called = "the replicas of best_strategy(None), two logical CPUs"
    replicas, want, _ = run(strategy_here, None, devices=2, called=called)
    expect.value(replicas, want, called=called)
