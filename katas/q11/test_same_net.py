from itertools import pairwise

import keras
import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q11.same_net import SubclassNet, functional_net, sequential_net

MAKERS = {
    "sequential_net": sequential_net,
    "functional_net": functional_net,
    "SubclassNet": SubclassNet,
}
X = np.random.default_rng(0).normal(size=(7, 6)).astype("float32")
SAVED = "{}, saved as a.keras, then load_model"
TRACED = {
    "idea": "fit traces call: its tensors have no values yet, for Python or NumPy to look at.",
    "when": "symbolic|Symbolic|numpy",
}
FROM_CONFIG = {
    "idea": "load_model hands the constructor all that get_config returned: its own arguments, and "
    "the name, trainable and dtype that every model has.",
    "when": "get_config|revive|keyword|argument",
}


def named(maker, *arguments):
    return f"{maker}({', '.join(map(str, arguments))})"


def made(maker, features, hidden, classes):
    """A network and what was called for it; it has seen data, whatever kind it is."""
    called = named(maker, features, hidden, classes)
    with expect.works(f"{called}, called with a batch"):
        model = MAKERS[maker](features, list(hidden), classes)
        model(np.zeros([1, features], "float32"))
    return model, called


def shapes_of_weights(features, hidden, classes):
    widths = pairwise([features, *hidden, classes])
    return [shape for inputs, units in widths for shape in ((inputs, units), (units,))]


def probabilities(x, arrays):
    """What the network computes with these kernels and biases."""
    layers = list(zip(arrays[::2], arrays[1::2], strict=True))
    for number, (kernel, bias) in enumerate(layers, start=1):
        x = x @ kernel + bias
        x = np.maximum(x, 0) if number < len(layers) else np.exp(x - x.max(1, keepdims=True))
    return x / x.sum(1, keepdims=True)


def computes(maker, hidden):
    """The network has the right outputs for weights that are set."""
    model, called = made(maker, 6, hidden, 3)
    rng = np.random.default_rng(1)
    shapes = shapes_of_weights(6, hidden, 3)
    arrays = [rng.normal(size=shape).astype("float32") for shape in shapes]
    arrays[0] *= 4  # so that hidden numbers are large,
    arrays[-2] /= 8  # and no probability is all but 0
    called = f"{called} of a batch of 7, with random weights"
    with expect.works(called):
        model.set_weights(arrays)
        seen, trained = model(X), model(X, training=True)
    want = probabilities(X, arrays)
    expect.tensor(seen, want, dtype="float32", called=called, tolerance=1e-4)
    idea = "A Dense layer computes the same in training."
    expect.value(trained, want, called=f"{called}, in training", tolerance=1e-4, idea=idea)


def test_the_weights_are_there_before_any_data():
    """Every network has all its weights as soon as it is made.

    A Dense layer makes its kernel when it is told how wide its input is. If nobody tells it, the
    first batch does. Until then there is nothing to count, load or save.
    """
    each = "Each width makes one Dense layer, and the classes make one more."
    for maker in MAKERS:
        for sizes in (4, [3], 2), (2, [3, 3, 1], 5):
            called = named(maker, *sizes)
            with expect.works(called):
                features, hidden, classes = sizes
                model = MAKERS[maker](features, list(hidden), classes)
            seen = [tuple(weight.shape) for weight in model.weights]
            called = f"the shapes of the weights of {called}, before any data"
            expect.same(seen, shapes_of_weights(*sizes), called=called, idea=each if seen else None)


def test_each_is_of_its_own_kind():
    """One is a Sequential, one is functional, one is a class of its own.

    All three are a keras.Model, with the same fit, evaluate and save. They differ in who knows the
    graph of layers. For the first two, Keras does. For a subclass, only its call does.
    """
    x = keras.Input([1])
    functional = type(keras.Model(x, x))

    def kind(model):
        if isinstance(model, keras.Sequential):
            return "a Sequential"
        if isinstance(model, functional):
            return "a functional model"
        return "a subclass of Model" if isinstance(model, keras.Model) else "no keras.Model"

    wanted = "a Sequential", "a functional model", "a subclass of Model"
    for maker, want in zip(MAKERS, wanted, strict=True):
        model, called = made(maker, 6, [4], 3)
        expect.that(kind(model) == want, called=called, expected=want, seen=kind(model))


def test_all_three_compute_the_same():
    """With the same weights, all three give the same probabilities.

    For a line of layers, the ways differ in how the network is written down. What they compute is
    the same: relu between the layers, softmax at the end.
    """
    for maker in MAKERS:
        for hidden in [3, 8, 2], [6, 6]:
            computes(maker, hidden)


def test_fit_trains_every_weight():
    """A step of fit changes every weight.

    fit asks the model for its trainable weights, and for the gradient of each.
    """
    rows = tf.data.Dataset.from_tensor_slices((X, np.arange(7) % 3)).batch(7)
    for maker in MAKERS:
        model, called = made(maker, 6, [16], 3)
        before = model.get_weights()
        with expect.works(f"fit of {called}", **TRACED):
            model.compile("sgd", "sparse_categorical_crossentropy", jit_compile=False)
            model.fit(rows, verbose=0)
        pairs = zip(before, model.get_weights(), strict=True)
        changed = sum(not np.array_equal(old, new) for old, new in pairs)
        called = f"the number of weights of {called} that a step of fit changed"
        expect.value(changed, 4, called=called)


def test_two_networks_share_nothing():
    """Two networks that are made alike have weights of their own.

    A layer that is used twice is one layer, with one set of weights. A layer is made anew where
    its constructor is called.
    """
    for maker in MAKERS:
        first, called = made(maker, 6, [4], 3)
        second, _ = made(maker, 6, [4], 3)
        shared = sum(any(a is b for b in second.weights) for a in first.weights)
        called = f"the number of weights that {called} and {called} share"
        expect.value(shared, 0, called=called)


def test_a_saved_network_gives_the_same_outputs(tmp_path):
    """A network that was saved and loaded gives the same outputs.

    load_model makes the model anew, and fills the weights that are there by then. Weights that are
    made later keep their first values.
    """
    for maker in MAKERS:
        model, called = made(maker, 6, [5, 4], 3)
        with expect.works(SAVED.format(called), **FROM_CONFIG):
            model.save(tmp_path / "a.keras")
            known = {"SubclassNet": SubclassNet}
            seen = keras.models.load_model(tmp_path / "a.keras", custom_objects=known)(X)
        called = f"the outputs of {called}, after saving and loading"
        expect.value(seen, np.asarray(model(X)), called=called)


@pytest.mark.beyond
def test_no_hidden_layer():
    """Without hidden layers, the inputs go straight to the classes.

    The first layer is not always a hidden one.
    """
    for maker in MAKERS:
        computes(maker, [])


@pytest.mark.beyond
def test_the_list_of_widths_stays_unchanged():
    """The list of widths is not changed.

    The list belongs to the caller, who may make the next network from it.
    """
    for maker in MAKERS:
        hidden = [5, 4]
        called = named(maker, 6, hidden, 3)
        with expect.works(called):
            MAKERS[maker](6, hidden, 3)
        expect.same(hidden, [5, 4], called=f"the list of widths, after {called}")


@pytest.mark.beyond
def test_what_every_model_takes():
    """The subclass takes name, trainable and dtype, and its config has them.

    All three belong to the base class. Its constructor acts on them, and its get_config returns
    them.
    """
    called = "SubclassNet(6, [4], 3, name='small', trainable=False, dtype='mixed_float16')"
    with expect.works(called):
        model = SubclassNet(6, [4], 3, name="small", trainable=False, dtype="mixed_float16")
    with expect.works(f"{called}, then SubclassNet.from_config(its get_config())", **FROM_CONFIG):
        again = SubclassNet.from_config(model.get_config())
    for net, after in (model, called), (again, f"{called}, after get_config and from_config"):
        seen = [net.name, net.trainable, net.dtype_policy.name]
        right = ["small", False, "mixed_float16"]
        expect.same(seen, right, called=f"name, trainable and dtype_policy.name of {after}")
