from functools import cache
from numbers import Real

import numpy as np
import pytest
import tensorflow as tf
from tensorflow.experimental import dtensor

from dojo import expect
from katas.q08.mesh import MeshTrainer
from lab.processes import once, run

pytestmark = pytest.mark.timeout(60)  # a run that hangs is ended long before, with a message

RANDOM = np.random.default_rng(8)
X, Y, W1, W2 = (
    RANDOM.normal(size=shape).astype("float32") for shape in ((8, 6), (8, 2), (6, 6), (6, 2))
)
RATE = 0.05
BATCHES = [(X, Y), (X[:6], Y[:6]), (X[::-1], Y[::-1])]
STEPS = len(BATCHES)


@cache
def on_one_device():
    """The losses and the weights of the same training, in NumPy."""
    return trained_on(BATCHES)


def after_a_step():
    """The loss of the first batch, after the step on it."""
    return trained_on(BATCHES[:1] * 2)[0][1]


def trained_on(batches):
    w1, w2, losses = W1, W2, []
    for x, y in batches:
        hidden = np.maximum(x @ w1, 0)
        error = hidden @ w2 - y
        losses.append(np.mean(error**2))
        back = 2 * error / error.size
        inner = back @ w2.T * (hidden > 0)
        w1, w2 = w1 - RATE * x.T @ inner, w2 - RATE * hidden.T @ back
    return np.float32(losses), w1, w2


def made(data, model):
    return f"MeshTrainer(data_parallel={data}, model_parallel={model}, …)"


UNEVEN = {
    "idea": "DTensor divides an axis evenly or not at all. Which axis of the array does the layout "
    "divide, and along which dimension of the mesh?",
    "when": "divisible",
}

EAGER = {
    "idea": "DTensor does not take a tensor that is not on the mesh, and a gradient needs some of "
    "its own. In a graph DTensor places those; eagerly it does not.",
    "when": "regular tensor",
}


def trainer_on(kind, data, model, **options):
    sizes = {"data_parallel": data, "model_parallel": model}
    with expect.works(f"trainer = {made(data, model)}", **UNEVEN):
        return kind(**sizes, w1=W1, w2=W2, learning_rate=RATE, **options)


def watched(put):
    """A trainer that notes what is given to put_batch."""

    class Watched(MeshTrainer):
        def put_batch(self, array):
            put.append(np.array(array))
            return super().put_batch(array)

    return Watched


def parts(tensor):
    """What each device holds, in the order of the mesh."""
    return [part.numpy() for part in dtensor.unpack(tensor)]


def parts_of_weights(trainer):
    with expect.works("reading trainer.w1 and trainer.w2, two dtensor.DVariables"):
        return [parts(w.read_value()) for w in (trainer.w1, trainer.w2)]


def shapes_of(weights):
    return [[part.shape for part in weight] for weight in weights]


def observe(data, model, device_type="CPU"):
    dtensor.initialize_accelerator_system(device_type)
    put = []
    trainer = trainer_on(watched(put), data, model, device_type=device_type)
    seen = {"start": parts_of_weights(trainer)}
    devices = {part.device for part in dtensor.unpack(trainer.w1.read_value())}
    with expect.works("trainer.put_batch(x), 8 rows", **UNEVEN):
        rows = parts(trainer.put_batch(X))
        # Where rows are not divided, that alone is told.
        column = parts(trainer.put_batch(X[:, :1])) if len(rows[0]) < len(X) else []
    put.clear()
    with expect.works("trainer.step(x, y)", **EAGER):
        returned = [trainer.step(x, y) for x, y in BATCHES]
        losses = np.float32([float(loss) for loss in returned])
    seen["steps"] = parts_of_weights(trainer)
    with expect.works("trainer.gather()"):
        w1, w2 = trainer.gather()
        weights = [np.asarray(w1), np.asarray(w2)]
    seen |= {"gather": parts_of_weights(trainer), "put": list(put)}
    gathered = {STEPS: weights}
    if shapes_of(seen["gather"]) == shapes_of(seen["steps"]):  # the question of another test
        with expect.works("trainer.step(x, y) and trainer.gather() again"):
            trainer.step(X, Y)
            gathered[STEPS + 1] = [np.asarray(w) for w in trainer.gather()]
    return seen | {
        "mesh": [(name, trainer.mesh.dim_size(name)) for name in trainer.mesh.dim_names],
        "devices": sorted(device.split("device:")[-1] for device in devices),
        "rows": rows,
        "column": column,
        "losses": losses,
        "loss": type(returned[0]).__name__,
        "numbers": all(isinstance(loss, Real) for loss in returned),
        "gathered": gathered,
        "kinds": [type(w).__name__ for w in (w1, w2)],
    }


@once
def observed(data, model):
    return run(observe, data, model, devices=data * model + 1, called=made(data, model))


def test_a_mesh_has_two_dimensions():
    """A mesh gives the devices places along named dimensions.

    Layouts speak of these names, and never of a device.
    """
    seen = observed(1, 2)["mesh"]
    expect.that(
        seen == [("data", 1), ("model", 2)],
        called=f"name and size of the dimensions of trainer.mesh, {made(1, 2)}",
        expected="[('data', 1), ('model', 2)]",
        seen=f"{seen}",
    )


@pytest.mark.parametrize("when", ["start", "steps"])
def test_each_device_holds_its_part_of_the_weights(when):
    """A device holds the weights of its own hidden units, and no others.

    That is what makes room for models that fit no device. A replicated layout computes the same
    and saves nothing.
    """
    moment = {"start": "before any step", "steps": f"after {STEPS} steps"}
    w1, w2 = observed(2, 2)[when]
    for name, seen, shape in (("w1", w1, (6, 3)), ("w2", w2, (3, 2))):
        shapes = [part.shape for part in seen]
        expect.that(
            shapes == [shape] * 4,
            called=f"the shapes of {name} on the devices {moment[when]}, {made(2, 2)}",
            expected=f"{shape} on each of 4",
            seen=", ".join(map(str, shapes)),
            idea=None
            if shapes[0] in (W1.shape, W2.shape)
            else "A part, but of what? Which axis of each matrix counts the hidden units?",
        )
    if when == "start":
        halves = {"w1": (W1[:, :3], W1[:, 3:]), "w2": (W2[:3], W2[3:])}
        for name, seen in ("w1", w1), ("w2", w2):
            for place, part in enumerate(seen):
                called = f"{name} on device {place} {moment[when]}, {made(2, 2)}"
                along = 'Devices 0 and 1 differ in their place along "model", 0 and 2 along "data".'
                expect.value(part, halves[name][place % 2], called=called, idea=along)


def test_each_device_has_its_rows_of_a_batch():
    """A device gets the rows of its place along "data", and devices along "model" the same ones.

    What a device does not work on need not be sent to it.
    """
    for what, columns in ("rows", slice(None)), ("column", slice(1)):
        for place, seen in enumerate(observed(2, 2)[what]):
            first = place // 2 * 4
            idea = None if len(seen) > 4 else ""
            called = f"the rows of device {place} of trainer.put_batch(x), {made(2, 2)}"
            called += ", where x has one column" * (what == "column")
            expect.value(seen, X[first : first + 4, columns], called=called, idea=idea)


def test_inputs_and_targets_are_divided():
    """In a step, rows and their targets go to the same devices.

    Targets that every device has are as wasteful as inputs that every device has.
    """
    seen = [array.shape for array in observed(2, 2)["put"]]
    want = [array.shape for batch in BATCHES for array in batch]
    inputs_only = seen == [x.shape for x, _ in BATCHES]
    expect.that(
        sorted(seen) == sorted(want),
        called=f"the shapes that put_batch got in {STEPS} calls of trainer.step(x, y)",
        expected=", ".join(map(str, want)),
        seen=", ".join(map(str, seen)) or "none",
        idea=None if inputs_only else "",
    )


@pytest.mark.parametrize(("data", "model"), [(2, 2), (1, 2)])
def test_training_is_that_of_one_device(data, model):
    """On every mesh the losses are those of one device.

    The loss of a step is the one before its update, a mean over rows and outputs.
    """
    called = f"the losses of {STEPS} steps, {made(data, model)}"
    losses, want = observed(data, model)["losses"], on_one_device()[0]
    known = [after_a_step(), *(factor * want[0] for factor in (0.5, 2, 4, 8, 16))]
    idea = None if np.any(np.isclose(losses[0], known, rtol=1e-4)) else ""
    expect.value(losses, want, tolerance=1e-4, called=called, idea=idea)
    expect.that(
        observed(data, model)["numbers"],
        called=f"the type of what trainer.step(x, y) returns, {made(data, model)}",
        expected="a number, such as a float",
        seen=observed(data, model)["loss"],
        idea="",
    )


def test_gather_gives_whole_weights():
    """Weights that lie on many devices can be put together, as for saving.

    A sharded tensor has no single value to read: it is given another layout first.
    """
    kinds = observed(2, 2)["kinds"]
    called = f"the types of what trainer.gather() returns, {made(2, 2)}"
    expect.same(kinds, ["ndarray", "ndarray"], called=called, idea="")
    for steps, seen in observed(2, 2)["gathered"].items():
        right = trained_on([*BATCHES, BATCHES[0]][:steps])[1:]
        for name, weight, want in zip(("w1", "w2"), seen, right, strict=True):
            whole = weight.shape == want.shape
            called = f"{name} of trainer.gather() after {steps} steps, {made(2, 2)}"
            expect.value(weight, want, tolerance=1e-4, called=called, idea="" if whole else None)


def test_gather_leaves_the_variables_divided():
    """Reading the whole does not bring the whole to every device for good.

    The other layout is that of a copy. A model that fits no device has to stay divided.
    """
    seen = observed(2, 2)
    for name, before, after in zip(("w1", "w2"), seen["steps"], seen["gather"], strict=True):
        called = f"the shape of {name} on the first device after trainer.gather(), {made(2, 2)}"
        expect.same(after[0].shape, before[0].shape, called=called)


def refuse_rows():
    dtensor.initialize_accelerator_system("CPU")
    trainer = trainer_on(MeshTrainer, 2, 1)

    def put_five():
        trainer.put_batch(X[:5])  # returns nothing, as a DTensor cannot be shown in a message

    expect.raises(put_five, ValueError, called="put_batch of 5 rows, data_parallel=2")


@pytest.mark.beyond
def test_rows_that_cannot_be_divided_are_refused():
    """DTensor divides rows evenly or not at all.

    Its own error speaks of shards; a ValueError is about rows.
    """
    run(refuse_rows, devices=2, called="5 rows on two devices")


def refuse_units():
    dtensor.initialize_accelerator_system("CPU")
    options = {"data_parallel": 1, "model_parallel": 2, "learning_rate": RATE}
    odd = {"w1": W1[:, :5], "w2": W2[:5]}
    with expect.works("MeshTrainer(data_parallel=1, model_parallel=2, …) with 5 inputs"):
        MeshTrainer(**options, w1=W1[:5], w2=W2)
    called = "MeshTrainer(data_parallel=1, model_parallel=2, …) with 5 hidden units"

    def make():
        MeshTrainer(**options, **odd)

    expect.raises(make, ValueError, called=called)


@pytest.mark.beyond
def test_hidden_units_that_cannot_be_divided_are_refused():
    """DTensor divides hidden units evenly or not at all.

    Its own error speaks of shards; a ValueError is about hidden units.
    """
    run(refuse_units, devices=2, called="5 hidden units on two devices")


@pytest.mark.gpu
def test_parts_are_on_gpus():
    """On GPUs, each part lies in the memory of one of them.

    The mesh is over 2 GPUs, one copy of the model over both.
    """
    if len(tf.config.list_physical_devices("GPU")) < 2:
        pytest.skip("needs two GPUs")
    seen = run(observe, 1, 2, "GPU", called="a mesh of GPUs")
    expect.same(seen["devices"], ["GPU:0", "GPU:1"], called="the devices with a part of w1")
