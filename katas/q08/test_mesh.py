from functools import cache

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
    RANDOM.normal(size=shape).astype("float32") for shape in ((8, 5), (8, 2), (5, 6), (6, 2))
)
RATE = 0.1
BATCHES = [(X, Y), (X[:6], Y[:6]), (X[::-1], Y[::-1])]
STEPS = len(BATCHES)


@cache
def on_one_device():
    """The losses and the weights of the same training, in NumPy."""
    w1, w2, losses = W1, W2, []
    for x, y in BATCHES:
        hidden = np.maximum(x @ w1, 0)
        error = hidden @ w2 - y
        losses.append(np.mean(error**2))
        back = 2 * error / error.size
        inner = back @ w2.T * (hidden > 0)
        w1, w2 = w1 - RATE * x.T @ inner, w2 - RATE * hidden.T @ back
    return np.float32(losses), w1, w2


def made(data, model):
    return f"trainer = MeshTrainer(data_parallel={data}, model_parallel={model}, …)"


def trainer_on(data, model, **options):
    sizes = {"data_parallel": data, "model_parallel": model}
    with expect.works(made(data, model)):
        return MeshTrainer(**sizes, w1=W1, w2=W2, learning_rate=RATE, **options)


def parts(tensor):
    """Device and value of what each device holds, in the order of the mesh."""
    return [(part.device.split("device:")[-1], part.numpy()) for part in dtensor.unpack(tensor)]


def observe(data, model, device_type="CPU"):
    dtensor.initialize_accelerator_system(device_type)
    trainer = trainer_on(data, model, device_type=device_type)
    start = [parts(w.read_value()) for w in (trainer.w1, trainer.w2)]
    with expect.works("trainer.put_batch(x), 8 rows"):
        rows = parts(trainer.put_batch(X))
    with expect.works("trainer.step(x, y)"):
        losses = np.float32([float(trainer.step(x, y)) for x, y in BATCHES])
    with expect.works("trainer.gather()"):
        weights = tuple(trainer.gather())
    after = [parts(w.read_value()) for w in (trainer.w1, trainer.w2)]
    mesh = [(name, trainer.mesh.dim_size(name)) for name in trainer.mesh.dim_names]
    return {
        "mesh": mesh, "start": start, "rows": rows, "losses": losses, "weights": weights,
        "after": after,
    }  # fmt: skip


@once
def observed(data, model):
    return run(observe, data, model, devices=data * model + 1, called=made(data, model))


def test_a_mesh_has_two_dimensions():
    """A mesh gives the devices places along named dimensions.

    The names are what layouts speak of; devices themselves are not named again.
    """
    seen = observed(1, 2)["mesh"]
    called = f"name and size of the dimensions of trainer.mesh, {made(1, 2)}"
    expect.that(
        seen == [("data", 1), ("model", 2)],
        called=called,
        expected="[('data', 1), ('model', 2)]",
        seen=f"{seen}",
    )


@pytest.mark.parametrize("when", ["start", "after"])
def test_each_device_holds_its_part_of_the_weights(when):
    """A device holds the weights of its own hidden units, and no others.

    That is what makes room for models that fit no device. A replicated layout computes the same
    and saves nothing.
    """
    moment = {"start": "before any step", "after": f"after {STEPS} steps"}[when]
    w1, w2 = observed(2, 2)[when]
    for name, seen, shape in (("w1", w1, (5, 3)), ("w2", w2, (3, 2))):
        devices, shapes = zip(*((device, part.shape) for device, part in seen), strict=True)
        expect.same(
            list(devices),
            [f"CPU:{place}" for place in range(4)],
            called=f"the devices of {name} in the order of the mesh {moment}, {made(2, 2)}",
        )
        expect.that(
            list(shapes) == [shape] * 4,
            called=f"the shapes of {name} on the devices {moment}, {made(2, 2)}",
            expected=f"{shape} on each of 4",
            seen=", ".join(map(str, shapes)),
        )


def test_each_device_has_its_rows_of_a_batch():
    """A device gets the rows of its place along "data", and devices along "model" the same ones.

    What a device does not work on need not be sent to it.
    """
    rows = [part for _, part in observed(2, 2)["rows"]]
    called = "the rows of device {} of trainer.put_batch(x), " + made(2, 2)
    for place, seen in enumerate(rows):
        first = place // 2 * 4
        expect.value(seen, X[first : first + 4], called=called.format(place))


@pytest.mark.parametrize(("data", "model"), [(2, 2), (1, 2)])
def test_training_is_that_of_one_device(data, model):
    """On every mesh the losses are those of one device.

    A layout says where numbers are, not what is computed: sums over devices are put in for you.
    """
    called = f"the losses of {STEPS} steps, {made(data, model)}"
    losses = observed(data, model)["losses"]
    expect.value(losses, on_one_device()[0], tolerance=1e-4, called=called)


def test_gather_gives_whole_weights():
    """Weights that lie on many devices can be put together, as for saving.

    A sharded tensor has no single value to read: it is given another layout first.
    """
    seen = observed(2, 2)["weights"]
    for name, weight, want in zip(("w1", "w2"), seen, on_one_device()[1:], strict=True):
        expect.value(weight, want, tolerance=1e-4, called=f"{name} of trainer.gather()")


def refuse():
    dtensor.initialize_accelerator_system("CPU")
    with expect.works(made(2, 1)):
        trainer = MeshTrainer(
            data_parallel=2, model_parallel=1, w1=W1, w2=W2, learning_rate=RATE
        )  # fmt: skip
    rows = "put_batch of 5 rows, data_parallel=2"

    def put_five():
        trainer.put_batch(X[:5])  # returns nothing, as a DTensor cannot be shown in a message

    expect.raises(put_five, ValueError, called=rows)
    options = {"data_parallel": 1, "model_parallel": 2, "learning_rate": RATE}
    units = "MeshTrainer(data_parallel=1, model_parallel=2, …) with 5 hidden units"
    odd = {"w1": W1[:, :5], "w2": W2[:5]}
    expect.raises(lambda: MeshTrainer(**options, **odd), ValueError, called=units)


def test_what_cannot_be_divided_is_refused():
    """DTensor divides evenly or not at all.

    Its own error comes late and speaks of shards; a ValueError is about rows or hidden units.
    """
    run(refuse, devices=2, called="what two devices cannot divide")


@pytest.mark.gpu
def test_parts_are_on_gpus():
    """On GPUs, each part lies in the memory of one of them.

    The mesh is over all GPUs that there are, one copy of the model over all of them.
    """
    count = len(tf.config.list_physical_devices("GPU"))
    if count < 2 or 8 % count:
        pytest.skip("needs 2, 4 or 8 GPUs")
    seen = run(observe, 1, count, "GPU", called="a mesh of GPUs")
    devices = sorted({device for device, _ in seen["start"][0]})
    want = [f"GPU:{i}" for i in range(count)]
    expect.same(devices, want, called="the devices with a part of w1")
