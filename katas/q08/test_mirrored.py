from functools import cache
from typing import NamedTuple

import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q08.mirrored import train
from lab.processes import once, run

pytestmark = pytest.mark.timeout(60)  # a run that hangs is ended long before, with a message

X = np.random.default_rng(8).normal(size=(16, 3)).astype("float32")
Y = (X @ np.float32([[1], [-2], [3]]) + 0.5).astype("float32")


class Case(NamedTuple):
    """A training; `weight` is that of a squared error above its target, half of one below."""

    replicas: int
    rows: int
    global_batch: int
    learning_rate: float
    epochs: int
    weight: float

    def __str__(self):
        names = ("global_batch", "learning_rate", "epochs")
        options = ", ".join(f"{name}={getattr(self, name)}" for name in names)
        return f"train(strategy of {self.replicas}, {self.rows} rows, {options})"


ONE = Case(1, rows=16, global_batch=4, learning_rate=0.02, epochs=1, weight=3.0)
TWO = Case(2, rows=16, global_batch=8, learning_rate=0.1, epochs=2, weight=1.0)
THREE_LEFT = Case(2, rows=11, global_batch=4, learning_rate=0.05, epochs=1, weight=1.0)
AGAIN = Case(2, rows=5, global_batch=4, learning_rate=0.05, epochs=4, weight=1.0)
ONE_LEFT = Case(2, rows=9, global_batch=4, learning_rate=0.05, epochs=1, weight=1.0)


@cache
def reference(case, scale=1, part=1):
    """Losses, w and b of the same training, in NumPy, on one device.

    Args:
        scale: multiplies each gradient.
        part: only so much of each batch is seen, from its first row on.
    """
    w, b, losses = np.zeros((3, 1)), np.zeros(1), []
    for first in [*range(0, case.rows, case.global_batch)] * case.epochs:
        batch = min(case.global_batch, case.rows - first)
        rows = slice(first, first + round(batch * part))
        error = X[rows] @ w + b - Y[rows]
        weight = case.weight * np.where(error > 0, 1, 2)
        losses.append(np.sum(weight * error**2) / batch)
        slope = scale * weight * 2 * error / batch
        w, b = w - case.learning_rate * X[rows].T @ slope, b - case.learning_rate * slope.sum(0)
    return np.float32(losses), np.float32(w), np.float32(b)


def observe(case, kind="CPU"):
    """Train; what comes out, and what was there inside the replicas."""
    inside, made = [], []

    def per_example(predictions, targets):
        replica = tf.distribute.get_replica_context()
        replicas = replica.num_replicas_in_sync if replica else 0

        def note(*shapes):
            inside.append((replicas, *(tuple(map(int, shape)) for shape in shapes)))

        if all(tensor.shape.is_fully_defined() for tensor in (predictions, targets)):
            note(predictions.shape, targets.shape)
        else:  # known when it runs, as in a loop over a data set within a graph
            tf.numpy_function(note, [tf.shape(predictions), tf.shape(targets)], [])
        weights = tf.where(predictions > targets, case.weight, 2 * case.weight)
        made_up = (targets == 0) & tf.reduce_any(targets != 0)  # no row has such a target
        weights = tf.where(made_up, np.nan, weights)
        return tf.reduce_sum(weights * (predictions - targets) ** 2, axis=1)

    def keep(make, **options):
        made.append(make(**options))
        return made[-1]

    options = {name: getattr(case, name) for name in ("global_batch", "learning_rate", "epochs")}
    strategy = tf.distribute.MirroredStrategy([f"{kind}:{i}" for i in range(case.replicas)])
    with tf.variable_creator_scope(keep), expect.works(str(case)):
        losses, (w, b) = train(strategy, X[: case.rows], Y[: case.rows], per_example, **options)
        losses = np.float32([float(loss) for loss in losses])
    copies = [
        (tuple(v.shape), v.device.split("device:")[-1], v.numpy())
        for variable in made
        for v in getattr(variable, "values", [variable])
    ]
    return losses, np.asarray(w), np.asarray(b), inside, copies


@once
def trained(case):
    return run(observe, case, devices=case.replicas, called=str(case))


def why_this_loss(loss, case):
    """An idea for the loss of the first step, if it is a known wrong one."""
    y = Y[: case.global_batch]
    right, _, _ = reference(case)
    swapped = np.mean(case.weight * np.where(y > 0, 1, 2) * y**2)  # all predictions are 0
    for value, idea in {
        case.replicas * right[0]: "A mean over the rows of one replica is the mean of another "
        "batch. Means that are summed are too large: divide by the rows of the whole batch.",
        swapped: "`per_example` gets predictions first, then targets. It need not be symmetric.",
        np.mean(y**2): "The loss is what `per_example` gives, not the squared error.",
    }.items():
        if abs(value - right[0]) > 1e-3 and np.isclose(loss, value, rtol=1e-4):
            return idea
    return ""


@pytest.mark.parametrize("case", [ONE, TWO], ids=["one", "two"])
def test_losses_are_those_of_one_device(case):
    """The loss of a step is the mean over its whole batch, whatever the number of replicas.

    What all replicas report has to be put together.
    """
    losses, *_ = trained(case)
    right, what = reference(case)[0], f"the losses of {case}"
    expect.same(len(losses), len(right), called=f"the number of {what}", idea="")
    told = {"called": f"{what}, first step", "idea": why_this_loss(losses[0], case)}
    expect.value(losses[:1], right[:1], tolerance=1e-4, **told)
    if case is ONE:  # on more replicas, later losses also depend on the update
        expect.value(losses, right, tolerance=1e-4, called=what, idea="")


def close(seen, known):
    return np.shape(seen) == np.shape(known) and np.allclose(seen, known, rtol=1e-3)


def why_these_weights(w, case):
    """An idea for the weights at the end, if they are known wrong ones."""
    for options, idea in (
        ({"scale": case.replicas}, "Each part of the gradient is scaled, as it is summed or "
         "averaged. The sum of means over fewer rows is too large."),
        ({"part": 1 / case.replicas}, "Nobody puts the parts of the gradient together for you. "
         "`assign_sub` in a replica changes its own copy, by its own gradient."),
    ):  # fmt: skip
        if case.replicas > 1 and close(w, reference(case, **options)[1]):
            return idea
    return ""


@pytest.mark.parametrize("case", [ONE, TWO], ids=["one", "two"])
def test_weights_are_those_of_one_device(case):
    """Two replicas learn what one device learns from the same batches.

    The gradient of the whole batch is put together from the parts of the replicas.
    """
    _, w, b, *_ = trained(case)
    _, want_w, want_b = reference(case)
    idea = why_these_weights(w, case)
    expect.value(w, want_w, tolerance=1e-4, called=f"w after {case}", idea=idea)
    expect.value(b, want_b, tolerance=1e-4, called=f"b after {case}", idea=idea)


def test_each_replica_has_its_own_rows():
    """Each replica computes the loss of its own rows, so the work is divided.

    The whole batch on every device gives the right numbers, and no speed at all.
    """
    *_, inside, _ = trained(TWO)
    own = TWO.global_batch // TWO.replicas
    everywhere = set(inside) == {(TWO.replicas, *[(TWO.global_batch, 1)] * 2)}
    expect.that(
        set(inside) == {(TWO.replicas, (own, 1), (own, 1))},
        called=f"(replicas, shape of predictions, shape of targets) in per_example, {TWO}",
        expected=f"({TWO.replicas}, ({own}, 1), ({own}, 1)), every time",
        seen=f"{sorted(set(inside), key=repr)}",
        idea=None if everywhere else "A batch is divided evenly over all replicas.",
    )


DRIFT = "A copy that only sees the gradient of its own replica drifts, without an error."
IDLE = "A replica without rows takes the step of the others, too, or its copy stays behind."


def copies_of_weights(seen, devices):
    """The name and the shape of each weight, and its copies.

    There may be more variables of this shape, such as those for sums of gradients.
    """
    _, w, b, _, copies = seen
    for name, final, shape in (("w", w, (3, 1)), ("b", b, (1,))):
        found = [copy for copy in copies if copy[0] == shape]
        close = {"rtol": 1e-6, "atol": 1e-6}
        equal = [c for c in found if np.allclose(np.ravel(c[2]), np.ravel(final), **close)]
        complete = {device for _, device, _ in equal} == set(devices)
        yield name, shape, equal if complete else found


def one_copy_per_device(seen, devices, what):
    for name, shape, found in copies_of_weights(seen, devices):
        there = sorted({device for _, device, _ in found})
        expect.that(
            there == devices,
            called=f"the devices with a copy of {name}, {what}",
            expected=", ".join(devices),
            seen=", ".join(there) or f"no variable of shape {shape}",
            idea="One variable for all would send the weights to every device in each step."
            if found
            else "",
        )
        for _, device, value in found:
            say = f"{name} on {device}, compared with {devices[0]}, {what}"
            expect.value(value, found[0][2], tolerance=1e-6, called=say, idea=DRIFT)


def test_each_device_has_a_copy_and_all_are_equal():
    """Every device has its own copy of the weights, and all copies stay equal.

    "Mirrored" says where copies are. Who changes one has to change all.
    """
    one_copy_per_device(trained(TWO), ["CPU:0", "CPU:1"], TWO)


@pytest.mark.beyond
@pytest.mark.parametrize("case", [THREE_LEFT, ONE_LEFT], ids=["three left", "one left"])
def test_a_smaller_last_batch(case):
    """The last batch of an epoch may be smaller, and leave a replica with no row.

    How many rows a batch has, its replicas know only together, and only when it comes.
    """
    losses, w, b, *_ = trained(case)
    right = reference(case)
    last_is_wrong = len(losses) == len(right[0]) and close(losses[:-1], right[0][:-1])
    idea = None if last_is_wrong else ""
    if np.isnan([*losses, *np.ravel(w)]).any():
        idea = (
            "A replica without rows takes part, too. The mean of no rows is nan; their sum is 0. "
            "The loss of a made-up row may be nan as well, and 0 * nan is nan."
        )
    for name, seen, want in zip(("losses", "w", "b"), (losses, w, b), right, strict=True):
        called = f"{name} after {case}"
        expect.value(seen, want, tolerance=1e-4, called=called, idea=idea)
    for name, _, copies in copies_of_weights(trained(case), ["CPU:0", "CPU:1"]):
        if {device for _, device, _ in copies} != {"CPU:0", "CPU:1"}:
            continue  # the question of another test
        apart = max((float(np.abs(c[2] - copies[0][2]).max()) for c in copies), default=0.0)
        called = f"the largest difference of two copies of {name} after {case}"
        expect.value(apart, 0.0, tolerance=1e-6, called=called, idea=IDLE)


@pytest.mark.beyond
def test_no_batch_has_rows_of_two_epochs():
    """Each epoch begins with a batch of its own.

    What is left of one epoch is not filled up with rows of the next.
    """
    losses, *_, inside, _ = trained(AGAIN)
    filled_up = len(losses) == -(-AGAIN.rows * AGAIN.epochs // AGAIN.global_batch)
    rows = sorted({shape[0] for _, shape, _ in inside if shape})
    expect.that(
        1 in rows,
        called=f"the numbers of rows that replicas get, {AGAIN}",
        expected="2, and 1 at the end of each epoch",
        seen=", ".join(map(str, rows)) or "none",
        idea=None if filled_up else "",
    )


@pytest.mark.gpu
def test_each_gpu_has_a_copy():
    """On GPUs the copies lie in the memory of each GPU.

    That the devices are real is all that is new.
    """
    if len(tf.config.list_physical_devices("GPU")) < 2:
        pytest.skip("needs two GPUs")
    seen = run(observe, TWO, "GPU", called=str(TWO))
    one_copy_per_device(seen, ["GPU:0", "GPU:1"], TWO)
