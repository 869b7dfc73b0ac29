from functools import cache

import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q08.mirrored import train
from lab.processes import once, run

pytestmark = pytest.mark.timeout(60)  # a run that hangs is ended long before, with a message

X = np.random.default_rng(8).normal(size=(16, 3)).astype("float32")
Y = (X @ np.float32([[1], [-2], [3]]) + 0.5).astype("float32")
OPTIONS = {  # by the number of replicas
    1: {"global_batch": 4, "learning_rate": 0.02, "epochs": 1},
    2: {"global_batch": 8, "learning_rate": 0.1, "epochs": 2},
}
WEIGHT = {1: 3.0, 2: 1.0}  # of the squared error in per_example; it is doubled below the target


def called(replicas):
    options = ", ".join(f"{name}={value}" for name, value in OPTIONS[replicas].items())
    return f"train(strategy of {replicas}, …, {options})"


@cache
def on_one_device(replicas):
    """Losses, w and b of the same training, in NumPy."""
    batch, rate, epochs = OPTIONS[replicas].values()
    w, b, losses = np.zeros((3, 1)), np.zeros(1), []
    for first in [*range(0, len(X), batch)] * epochs:
        x, y = X[first : first + batch], Y[first : first + batch]
        error = x @ w + b - y
        weight = WEIGHT[replicas] * np.where(error > 0, 1, 2)
        losses.append(np.mean(weight * error**2))
        slope = weight * 2 * error / batch
        w, b = w - rate * x.T @ slope, b - rate * slope.sum(axis=0)
    return np.float32(losses), np.float32(w), np.float32(b)


def observe(devices):
    """Train on these devices; what comes out, and what was there inside the replicas."""
    inside, made, weight = [], [], WEIGHT[len(devices)]

    def per_example(predictions, targets):
        replica = tf.distribute.get_replica_context()
        replicas = replica.num_replicas_in_sync if replica else 0

        def note(*shapes):
            inside.append((replicas, *(tuple(map(int, shape)) for shape in shapes)))

        if all(tensor.shape.is_fully_defined() for tensor in (predictions, targets)):
            note(predictions.shape, targets.shape)
        else:  # known when it runs, as in a loop over a data set within a graph
            tf.numpy_function(note, [tf.shape(predictions), tf.shape(targets)], [])
        weights = tf.where(predictions > targets, weight, 2 * weight)
        return tf.reduce_sum(weights * (predictions - targets) ** 2, axis=1)

    def keep(make, **options):
        made.append(make(**options))
        return made[-1]

    strategy = tf.distribute.MirroredStrategy(devices)
    with tf.variable_creator_scope(keep), expect.works(called(len(devices))):
        losses, (w, b) = train(strategy, X, Y, per_example, **OPTIONS[len(devices)])
    copies = [
        (tuple(v.shape), v.device.split("device:")[-1], v.numpy())
        for variable in made
        for v in getattr(variable, "values", [variable])
    ]
    losses = np.float32([float(loss) for loss in losses])
    return losses, np.asarray(w), np.asarray(b), inside, copies


@once
def trained(replicas):
    devices = [f"CPU:{i}" for i in range(replicas)]
    return run(observe, devices, devices=replicas, called=called(replicas))


@pytest.mark.parametrize("replicas", [1, 2])
def test_losses_are_those_of_one_device(replicas):
    """The loss of a step is the mean over the whole batch, whatever the number of replicas.

    A mean over a replica's own rows is the mean of another batch. What all replicas report has
    to be put together.
    """
    losses, *_ = trained(replicas)
    right, what = on_one_device(replicas)[0], f"the losses of {called(replicas)}"
    expect.value(losses[:1], right[:1], tolerance=1e-4, called=f"{what}, first step")
    expect.same(len(losses), len(right), called=f"the number of {what}")
    if replicas == 1:  # on more of them, later losses also depend on the update
        expect.value(losses, right, tolerance=1e-4, called=what)


@pytest.mark.parametrize("replicas", [1, 2])
def test_weights_are_those_of_one_device(replicas):
    """Two replicas learn what one device learns from the same batches.

    The gradient of the whole batch is put together from the parts of the replicas: as it is
    summed or averaged, each part has to be scaled.
    """
    _, w, b, *_ = trained(replicas)
    _, want_w, want_b = on_one_device(replicas)
    expect.value(w, want_w, tolerance=1e-4, called=f"w after {called(replicas)}")
    expect.value(b, want_b, tolerance=1e-4, called=f"b after {called(replicas)}")


def test_each_replica_has_its_own_rows():
    """Each replica computes the loss of its own rows, so the work is divided.

    The whole batch on every device gives the right numbers, and no speed at all.
    """
    replicas = 2
    *_, inside, _ = trained(replicas)
    own = OPTIONS[replicas]["global_batch"] // replicas
    what = f"(replicas, shape of predictions, shape of targets) in per_example, {called(replicas)}"
    expect.that(
        set(inside) == {(replicas, (own, 1), (own, 1))},
        called=what,
        expected=f"({replicas}, ({own}, 1), ({own}, 1)), every time",
        seen=f"{sorted(set(inside), key=repr)}",
    )


def one_copy_per_device(seen, devices, what):
    _, w, b, _, copies = seen
    for name, final in (("w", w), ("b", b)):
        found = [copy for copy in copies if copy[0] == final.shape]
        # There may be more variables of this shape, such as those for sums of gradients.
        equal = [copy for copy in found if np.allclose(copy[2], final, rtol=1e-6, atol=1e-6)]
        found = equal if {device for _, device, _ in equal} == set(devices) else found
        there = sorted({device for _, device, _ in found})
        expect.that(
            there == devices,
            called=f"the devices with a copy of {name}, {what}",
            expected=", ".join(devices),
            seen=", ".join(there) or "none",
        )
        for _, device, value in found:
            say = f"{name} on {device}, compared with {devices[0]}, {what}"
            expect.value(value, found[0][2], tolerance=1e-6, called=say)


def test_each_device_has_a_copy_and_all_are_equal():
    """Every device has its own copy of the weights, and all copies stay equal.

    One variable for all would send the weights to every device in each step. Copies that only see
    the gradient of their own replica drift apart, without an error.
    """
    one_copy_per_device(trained(2), ["CPU:0", "CPU:1"], called(2))


@pytest.mark.gpu
def test_each_gpu_has_a_copy():
    """On GPUs the copies lie in the memory of each GPU.

    That the devices are real is all that is new.
    """
    if len(tf.config.list_physical_devices("GPU")) < 2:
        pytest.skip("needs two GPUs")
    seen = run(observe, ["GPU:0", "GPU:1"], called=called(2))
    one_copy_per_device(seen, ["GPU:0", "GPU:1"], called(2))
