from numbers import Real

import keras
import pytest
import tensorflow as tf

from dojo import expect
from katas.q08.plan import best_strategy, bytes_per_device, choose, training_bytes
from lab.network import private_network
from lab.processes import run

pytestmark = pytest.mark.timeout(60)  # a run that hangs is ended long before, with a message

BILLION = GB = 10**9
ALL = ("weights", "gradients", "slots")
UNITS = 64
PARAMETERS = UNITS * UNITS + UNITS  # of the layer that is measured


def kept_by_keras(policy, slots):
    """The bytes that training keeps for one layer: this process itself stays without an op."""
    makers = {
        3: lambda: keras.optimizers.Adam(amsgrad=True),
        2: keras.optimizers.Adam,
        1: lambda: keras.optimizers.SGD(momentum=0.9),
        0: keras.optimizers.SGD,
    }
    layer, optimizer = keras.layers.Dense(UNITS, dtype=policy), makers[slots]()
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(layer(tf.ones([2, UNITS])))
    optimizer.build(layer.trainable_variables)
    kept = [v.value for v in (*layer.trainable_variables, *optimizer.variables) if len(v.shape)]
    kept += tape.gradient(loss, [v.value for v in layer.trainable_variables])
    return sum(tensor.dtype.size * tensor.shape.num_elements() for tensor in kept)


def check_bytes(called, policy="float32", idea=None, **slots):
    with expect.works(called):
        seen = training_bytes(PARAMETERS, policy=policy, **slots)
    kept = run(kept_by_keras, policy, slots.get("slots", 2), called=called)
    expect.value(seen, kept, called=called, idea=idea)


@pytest.mark.parametrize("slots", [0, 1, 2, 3])
def test_training_keeps_more_than_weights(slots):
    """Training keeps weights, gradients and what the optimizer remembers.

    Adam remembers two numbers for each weight, momentum one. Keras itself is measured here.
    """
    check_bytes(f"training_bytes({PARAMETERS}, slots={slots})", slots=slots)


@pytest.mark.parametrize("policy", ["mixed_bfloat16", "mixed_float16", "bfloat16", "float16"])
def test_a_dtype_policy_decides_what_is_kept_in_16_bits(policy):
    """The dtype policy decides what is kept in 16 bits.

    A policy has a dtype for variables, and one for what flows through the layers. Memory is about
    the first. Keras itself is measured here.
    """
    called = f"training_bytes({PARAMETERS}, policy={policy!r})"
    with expect.works(called):
        only_here = training_bytes(PARAMETERS) == 16 * PARAMETERS
    check_bytes(called, policy, None if only_here else "")


def shown(options):
    """The options as they are written in a call; a set prints in one order."""
    texts = {
        name: f"{{{str(sorted(value))[1:-1]}}}" if isinstance(value, set) else repr(value)
        for name, value in options.items()
    }
    return "".join(f", {name}={text}" for name, text in texts.items())


def check_share(options, gigabytes):
    """Gigabytes are easier to read than bytes."""
    called = f"bytes_per_device(100 * 10**9{shown(options)})"
    with expect.works(called):
        seen = bytes_per_device(100 * BILLION, **options)
    in_gigabytes = float(seen) / GB if isinstance(seen, Real) else seen
    expect.value(in_gigabytes, float(gigabytes), called=f"{called} / 10**9")


@pytest.mark.parametrize(
    ("layout", "gigabytes"),
    [
        ({}, 1600),
        ({"model_parallel": 8, "data_parallel": 8}, 200),
        ({"model_parallel": 64}, 25),
        ({"model_parallel": 8, "sharded": ALL}, 200),
        ({"data_parallel": 64}, 1600),
    ],
)
def test_copies_do_not_divide_the_state(layout, gigabytes):
    """Model parallelism divides the state over devices; data parallelism copies it.

    What a device has to hold depends on how many devices share one copy of the model. How many
    copies there are makes no difference.
    """
    check_share(layout, gigabytes)


@pytest.mark.parametrize(
    ("options", "gigabytes"),
    [
        ({"policy": "bfloat16"}, 100),
        ({"policy": "mixed_bfloat16", "slots": 1}, 150),
        ({"slots": 0}, 100),
    ],
)
def test_policy_and_slots_count_on_each_device(options, gigabytes):
    """The dtype policy and the optimizer count on each device as well.

    A device holds a share of the very bytes that `training_bytes` counts.
    """
    check_share({"model_parallel": 8, **options}, gigabytes)


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

    Each copy may keep a part of the slots, of the gradients or of the weights, and fetch the
    others when it needs them.
    """
    check_share({"model_parallel": 8, "data_parallel": 4, "sharded": sharded}, gigabytes)


@pytest.mark.beyond
@pytest.mark.parametrize(
    ("layout", "count"),
    [
        ({"model_parallel": 8}, 10.0),
        ({"data_parallel": 8, "sharded": ALL}, 10.0),
        ({"model_parallel": 3, "slots": 0}, 40 / 3),
    ],
)
def test_parts_of_a_byte_count(layout, count):
    """Parts of a byte count, too.

    Five parameters show what a hundred billion hide.
    """
    called = f"bytes_per_device(5{shown(layout)})"
    with expect.works(called):
        seen = bytes_per_device(5, **layout)
    expect.value(float(seen) if isinstance(seen, Real) else seen, count, called=called)


def check_choice(state, cluster, name, ideas):
    """`ideas` has one for each wrong answer, and one under None for all others."""
    called = f"choose({state:.12g} GB, device_bytes=40 GB{shown(cluster)})"
    with expect.works(called):
        seen = choose(round(state * GB), device_bytes=40 * GB, **cluster)
    expect.same(seen, name, called=called, idea=ideas.get(str(seen), ideas.get(None)))


@pytest.mark.parametrize(
    ("state", "cluster", "name"),
    [
        (1600, {"machines": 8, "devices_per_machine": 8}, "DTensor"),
        (100, {"machines": 8, "unreliable": True}, "DTensor"),
        (300, {"devices_per_machine": 8, "tpu": True}, "DTensor"),
        (1600, {"machines": 2, "devices_per_machine": 8, "unreliable": True}, "none"),
        (41, {"tpu": True}, "none"),
        (41, {}, "none"),
        (320 + 1 / GB, {"devices_per_machine": 8}, "none"),
    ],
)
def test_the_state_decides_first(state, cluster, name):
    """What has to fit decides first.

    What one device cannot hold has to be divided, whatever the cluster is like.
    """
    whole = "It puts all variables on each device."
    mirrored = {"MultiWorkerMirroredStrategy": whole, "TPUStrategy": whole, "default": whole}
    ideas = {None: "All devices together hold less than that."} if name == "none" else mirrored
    check_choice(state, cluster, name, ideas)


@pytest.mark.parametrize(
    ("cluster", "name"),
    [
        ({"machines": 8, "tpu": True, "unreliable": True}, "TPUStrategy"),
        ({"tpu": True}, "TPUStrategy"),
        ({"machines": 8, "unreliable": True}, "ParameterServerStrategy"),
        (
            {"machines": 2, "devices_per_machine": 4, "unreliable": True},
            "ParameterServerStrategy",
        ),
        ({"machines": 8, "devices_per_machine": 8}, "MultiWorkerMirroredStrategy"),
        ({"machines": 2}, "MultiWorkerMirroredStrategy"),
        ({"devices_per_machine": 2}, "MirroredStrategy"),
        ({"devices_per_machine": 4, "unreliable": True}, "MirroredStrategy"),
        ({}, "default"),
    ],
)
def test_the_devices_decide_then(cluster, name):
    """If one device can hold the state, the kind and number of devices decide.

    Each of the strategies is for one kind of cluster.
    """
    check_choice(10, cluster, name, {})


@pytest.mark.beyond
@pytest.mark.parametrize(
    ("state", "cluster", "name"),
    [
        (320, {"devices_per_machine": 8}, "DTensor"),
        (40, {"devices_per_machine": 8}, "MirroredStrategy"),
        (40, {}, "default"),
        (40 + 1 / GB, {"devices_per_machine": 8}, "DTensor"),
    ],
)
def test_a_full_device_is_large_enough(state, cluster, name):
    """40 GB fit into 40 GB, and not one byte more.

    Not to fit means to be larger.
    """
    too_full = "Not to fit means to be larger."
    check_choice(state, cluster, name, {"none": too_full, "DTensor": too_full, None: ""})


def strategy_here(tpu):
    private_network()  # a name is asked for where nobody answers
    with expect.works(f"best_strategy({tpu!r}) without a TPU"):
        strategy = best_strategy(tpu)
        with strategy.scope():
            variable = tf.Variable(1.0)
    gpus = len(tf.config.list_physical_devices("GPU"))
    return strategy.num_replicas_in_sync, max(gpus, 1), float(variable + 1)


def check_a_missing_tpu(tpu):
    called = f"best_strategy({tpu!r}) without a TPU"
    *_, two = run(strategy_here, tpu, called=called)
    expect.value(two, 2.0, called=f"1 + a variable, after {called}")


@pytest.mark.parametrize("tpu", [None, "local"])
def test_a_missing_tpu_is_no_error(tpu):
    """Without a TPU, training goes on with what there is.

    TPUStrategy does not fall back by itself. Without a name the resolver raises. With "local", the
    initialization is the first to notice.
    """
    check_a_missing_tpu(tpu)


@pytest.mark.beyond
def test_a_name_that_nobody_knows_is_no_error():
    """A TPU that the network does not know is a missing TPU.

    A resolver asks for a name on the network, and raises what the network raises.
    """
    check_a_missing_tpu("tpu-of-the-lab")


def test_logical_cpus_are_no_gpus():
    """Several CPUs of one machine are no reason for several copies.

    Ask what MirroredStrategy takes if it is not told and there is no GPU.
    """
    called = "the replicas of best_strategy(None), two logical CPUs"
    replicas, want, _ = run(strategy_here, None, devices=2, called=called)
    expect.value(replicas, want, called=called)
