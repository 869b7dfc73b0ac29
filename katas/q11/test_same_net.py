from itertools import pairwise

import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q11.same_net import SubclassNet, functional_net, sequential_net

MAKERS = {
    "sequential_net": sequential_net,
    "functional_net": functional_net,
    "SubclassNet": SubclassNet,
}
X = np.random.default_rng(0).normal(size=(7, 6)).astype("float32")


def named(maker, *arguments):
    return f"{maker}({', '.join(map(str, arguments))})"


def made(maker, *arguments):
    """A network and what was called for it; it has seen data, whatever kind it is."""
    called = named(maker, *arguments)
    with expect.works(f"{called}, called with a batch"):
        model = MAKERS[maker](*arguments)
        model(np.zeros([1, arguments[0]], "float32"))
    return model, called


def test_the_weights_are_there_before_any_data():
    """Every network has all its weights as soon as it is made.

    A Dense layer makes its kernel when it is told how wide its input is. If nobody tells it, that
    is when the first batch arrives, and until then there is nothing to count, load or save.
    """
    for maker in MAKERS:
        for features, hidden, classes in (4, [], 2), (2, [3, 3, 1], 5):
            called = named(maker, features, hidden, classes)
            given = list(hidden)
            with expect.works(called):
                model = MAKERS[maker](features, given, classes)
            expect.same(given, hidden, called=f"the list of widths, after {called}")
            widths = [features, *hidden, classes]
            shapes = [shape for n, units in pairwise(widths) for shape in ((n, units), (units,))]
            expect.same(
                [tuple(w.shape) for w in model.weights],
                shapes,
                called=f"the shapes of the weights of {called}, before any data",
            )


def test_each_is_of_its_own_kind():
    """One is a Sequential, one is functional, one is a class of its own.

    All three are a keras.Model, and offer the same fit, evaluate, save. They differ in who knows
    the graph of layers: Keras, for the first two; for a subclass, nobody but its call.
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

    For a line of layers the ways differ in how it is written down, and in nothing that is
    computed: relu between the layers, softmax at the end.
    """
    for maker in MAKERS:
        for hidden in [], [3, 8, 2]:
            model, called = made(maker, 6, hidden, 3)
            rng = np.random.default_rng(1)
            arrays = [rng.normal(size=w.shape).astype("float32") for w in model.weights]
            called = f"{called} of a batch of 7, with random weights"
            with expect.works(called):
                model.set_weights(arrays)
                seen = model(X)
            h = X
            while arrays:
                h = h @ arrays.pop(0) + arrays.pop(0)
                h = np.maximum(h, 0) if arrays else np.exp(h - h.max(1, keepdims=True))
            want = h / h.sum(1, keepdims=True)
            expect.tensor(seen, want, dtype="float32", called=called, tolerance=1e-4)


def test_fit_trains_every_weight():
    """Every weight is trainable, and fit trains those of the subclass.

    fit compiles the model: what call does in Python happens while it is traced, with tensors that
    have no values yet. For the other two kinds, Keras went through the layers when it was built.
    """
    for maker in MAKERS:
        model, called = made(maker, 6, [16], 3)
        expect.value(
            len(model.trainable_variables), 4, called=f"the number of trainable weights of {called}"
        )
    before = model.get_weights()
    with expect.works(f"fit of {called}"):
        model.compile("sgd", "sparse_categorical_crossentropy", jit_compile=False)
        model.fit(tf.data.Dataset.from_tensor_slices((X, np.arange(7) % 3)).batch(7), verbose=0)
    changed = [not np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True)]
    expect.value(
        sum(changed), 4, called=f"the number of weights of {called} that an epoch of fit changed"
    )


def test_two_networks_share_nothing():
    """Two networks that are made alike have weights of their own.

    A layer that is used twice is one layer, with one set of weights. Which layers are made anew
    is decided where the constructor is called.
    """
    for maker in MAKERS:
        first, called = made(maker, 6, [4], 3)
        second, _ = made(maker, 6, [4], 3)
        shared = sum(any(a is b for b in second.weights) for a in first.weights)
        expect.that(
            shared == 0,
            called=f"the weights that {called} and {called} share",
            expected="0",
            seen=str(shared),
        )


def test_a_saved_network_is_loaded_as_it_was(tmp_path):
    """A saved network is loaded with its name and the same outputs.

    A .keras file holds no code. A Sequential or functional model is data, which the file holds
    whole; of a subclass it holds the weights and a config, for the constructor to start from.
    """
    for maker in MAKERS:
        model, called = made(maker, 6, [5, 4], 3)
        with expect.works(f"{called}, saved as a.keras, then load_model"):
            model.save(tmp_path / "a.keras")
            classes = {"SubclassNet": SubclassNet}
            again = keras.models.load_model(tmp_path / "a.keras", custom_objects=classes)
            seen = again(X)
        after = f"{called}, after saving and loading"
        expect.value(seen, np.asarray(model(X)), called=f"the outputs of {after}", tolerance=1e-5)
        expect.same(again.name, model.name, called=f"the name of {after}")
    called = "SubclassNet(6, [4], 3, name='small', trainable=False, dtype='float64')"
    with expect.works(f"{called}, then SubclassNet.from_config(its get_config())"):
        model = SubclassNet(6, [4], 3, name="small", trainable=False, dtype="float64")
        again = SubclassNet.from_config(model.get_config())
    for net, after in (model, called), (again, f"{called}, after get_config and from_config"):
        seen = [net.name, net.trainable, net.dtype]
        expect.same(seen, ["small", False, "float64"], called=f"name, trainable, dtype of {after}")
