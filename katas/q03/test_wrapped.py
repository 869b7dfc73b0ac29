"""A layer in a layer: whose weights are they, and how does a config hold a layer?"""

import keras
import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q03.wrapped import Gated
from lab.loading import loaded, registered

X = tf.constant([[1.0, 2.0, 3.0], [-1.0, 0.5, 4.0]])
KERNEL = np.array([[1.0, -1.0], [0.5, 2.0], [0.0, 1.0]], "float32")
XK = np.array([[2.0, 6.0], [-0.75, 6.0]], "float32")  # X @ KERNEL
BUILT_TWICE = {
    "idea": "The weights of a layer are made once. A layer that was called has them already.",
    "when": "already built",
}
NOT_NOTED = {
    "idea": "Keras notes down arguments that are plain data. A layer is not, so you write the "
    "config.",
    "when": "get_config",
}
A_COPY = {
    "idea": "The layer that was given is the one that is called. A copy has other weights.",
    "when": "expecting 0 weights",
}
A_DICT = {
    "idea": "A config holds a layer as a dict of its class and its config. A layer has to be made "
    "of it again.",
    "when": "[Dd]ict",
}


@keras.saving.register_keras_serializable(package="q03_wrapped")
class Own(keras.layers.Dense):
    """A class that Keras does not know, and that is registered."""


AT_IMPORT = registered()


def dense(kind=keras.layers.Dense, **kwargs):
    """A Dense layer that has a kernel and nothing else."""
    return kind(2, use_bias=False, **kwargs)


def config_of(layer, called="layer.get_config(), before the layer was called"):
    with expect.works(called, **NOT_NOTED):
        return layer.get_config()


def made_again(layer, called="again = Gated.from_config(layer.get_config())"):
    config = config_of(layer)
    with expect.works(called, **A_DICT):
        return Gated.from_config(config)


def test_scales_what_the_inner_layer_gives():
    """The output is the gate times what the inner layer gives.

    The gate is one number. It starts as its initializer says, which may be given as a name or as an
    object.
    """
    bias = np.array([1.0, -2.0], "float32")
    for called, arguments, gate in (
        ("Gated(Dense(2))(x)", [], 1.0),
        ("Gated(Dense(2), 'zeros')(x)", ["zeros"], 0.0),
        ("Gated(Dense(2), Constant(-0.5))(x)", [keras.initializers.Constant(-0.5)], -0.5),
    ):
        inner = keras.layers.Dense(2)
        with expect.works(called):
            layer = Gated(inner, *arguments)
            layer(X)
        with expect.works("inner.set_weights, after the outer layer was called", **A_COPY):
            inner.set_weights([KERNEL, bias])
            output = layer(X)
        expect.tensor(output, gate * (XK + bias), called=called)


def test_the_weights_of_both_are_trained():
    """The gate is trained, and so is the inner layer.

    Keras finds a layer that is an attribute of another one, and trains it unless it is frozen.
    """
    layer = Gated(keras.layers.Dense(2))
    with expect.works("Gated(Dense(2)), called"):
        layer(X)
    seen = [tuple(weight.shape) for weight in layer.trainable_weights]
    called = "the shapes of layer.trainable_weights of Gated(Dense(2))"
    one = "The gate is one number, however wide the output is, and it comes first."
    known = "Keras trains what add_weight made, unless told not to. It knows no tf.Variable."
    idea = None if (3, 2) not in seen else known if len(seen) < 3 else one
    expect.same(seen, [(), (3, 2), (2,)], called=called, idea=idea)
    before = [weight.numpy() for weight in layer.trainable_weights]
    model = keras.Sequential([keras.Input([3]), layer])
    model.compile(keras.optimizers.SGD(0.1), "mse", jit_compile=False)
    batches = tf.data.Dataset.from_tensor_slices((X, tf.ones([2, 2]))).batch(2)
    with expect.works("model.fit"):
        model.fit(batches, verbose=0)
    moved = [
        bool(np.any(weight.numpy() != old))
        for weight, old in zip(layer.trainable_weights, before, strict=True)
    ]
    expect.same(moved, [True] * 3, called="whether gate, kernel and bias moved in model.fit")


def test_the_inner_layer_knows_of_training():
    """In training, the inner layer is in training, too.

    Keras hands the flag down to each layer that is called. Who calls the method behind a layer
    goes past Keras.
    """
    layer = Gated(keras.layers.Dropout(0.5, seed=3))
    x = np.ones([1, 200], "float32")
    with expect.works("Gated(Dropout(0.5))(x)"):
        at_rest = layer(x)
    expect.tensor(at_rest, x, called="Gated(Dropout(0.5))(200 ones), not in training", idea="")
    for called, run in (
        ("Gated(Dropout(0.5))(200 ones, training=True)", lambda: layer(x, training=True)),
        (
            "the same in a Sequential model",
            lambda: keras.Sequential([layer])(x, training=True),
        ),
    ):
        with expect.works(called):
            zeros = int(np.sum(np.asarray(run()) == 0.0))
        expect.that(
            50 < zeros < 150,
            called=called,
            expected="about half of them dropped",
            seen=f"{zeros} dropped",
        )


def test_keeps_what_the_inner_layer_learned():
    """A layer that was called before goes on with its weights.

    Its weights were made when it was built. The layer is used and not copied: what happens to it
    outside shows inside.
    """
    inner = dense()
    inner(X)
    inner.set_weights([KERNEL])
    called = "Gated(a Dense layer with a known kernel)(x)"
    with expect.works(called, **BUILT_TWICE):
        layer = Gated(inner)
        output = layer(X)
    expect.tensor(output, XK, called=called)
    expect.that(
        layer.inner is inner,
        called="Gated(inner).inner",
        expected="the layer that was given",
        seen="another object",
    )


def test_the_next_layer_fits():
    """A model knows the shape of the output, for the layer that comes next.

    Keras runs call with symbolic tensors to find out. If a layer has a compute_output_shape of its
    own, Keras believes that.
    """
    called = "keras.Sequential([Input([3]), Gated(Dense(2)), Dense(1)])(x)"
    believed = "A wrong compute_output_shape is believed, too."
    with expect.works(called, idea=believed, when="incompatible with the layer"):
        model = keras.Sequential(
            [keras.Input([3]), Gated(keras.layers.Dense(2)), keras.layers.Dense(1)]
        )
        output = model(X)
    expect.same(tuple(output.shape), (2, 1), called=f"the shape of {called}")


def test_a_config_describes_both_layers():
    """A config is enough to make both layers like the first.

    A config holds plain data. A layer in it is written as its class and its own config, and has to
    be made from these again.
    """
    called = "layer = Gated(Dense(2, 'relu', name='in'), Constant(0.25))"
    with expect.works(called):
        start = keras.initializers.Constant(0.25)
        layer = Gated(dense(activation="relu", name="in"), start)
    again = made_again(layer)
    called = f"{called}; again = Gated.from_config(layer.get_config())"
    with expect.works(f"{called}; again.inner", **A_DICT):
        seen = [type(again.inner).__name__, again.inner.name]
    expect.same(seen, ["Dense", "in"], called=f"{called}; the inner layer's class and name")
    expect.that(
        again.inner is not layer.inner,
        called=f"{called}; again.inner",
        expected="a layer of its own",
        seen="the inner layer of the first",
        idea="An object in a config stays the same object, with the same weights.",
    )
    with expect.works("again(x)", **A_DICT):
        again(X)
        again.inner.set_weights([KERNEL])
        output = again(X)
    every = "A config has every argument of the constructor, and `inner` is not the only one."
    expected = 0.25 * np.maximum(XK, 0.0)
    expect.value(output, expected, called=f"{called}; again(x)", idea=every)


def test_a_config_has_no_weights():
    """What is made from a config starts anew.

    A config is what the constructor was given. What was learned belongs into the file of weights.
    """
    layer = Gated(dense())
    called = "Gated.from_config(the config of a Gated whose gate was trained to 3)"
    with expect.works(called, **A_DICT):
        layer(X)
        layer.trainable_weights[0].assign(3.0)
        again = Gated.from_config(config_of(layer, "the config of a Gated that was trained"))
        again(X)
    expect.value(again.trainable_weights[0], 1.0, called=f"the gate of {called}")


def test_loads_from_its_path_alone(tmp_path):
    """load_model(path) finds both layers and all weights.

    Keras builds the layers again before it fills in their weights. What is built then has to be
    what was built before, in whatever order.
    """
    for kind, layer in (
        ("Gated(Dense(2))", Gated(dense())),
        ("Gated(Gated(Dense(2)))", Gated(Gated(dense()))),
    ):
        with expect.works(f"a model with {kind}"):
            model = keras.Sequential([keras.Input([3]), layer])
        gates = [np.float32(2.0), np.float32(3.0)][: len(model.weights) - 1]
        with expect.works(f"model.set_weights: the gates, then a kernel, with {kind}"):
            model.set_weights([*gates, KERNEL])
        with expect.works(f"model.save('m.keras'), with {kind}", **NOT_NOTED):
            model.save(tmp_path / "m.keras")
        before = np.asarray(model(X))
        again = loaded(tmp_path / "m.keras", AT_IMPORT)
        called = f"predictions of the loaded model, with {kind}, compared with those before"
        with expect.works(called):
            seen = again(X)
        expect.value(seen, before, called=called)


@pytest.mark.beyond
def test_any_inner_layer():
    """The inner layer may be a layer of somebody else.

    A class is found by the name under which it is registered. Keras's own are found likewise.
    """
    again = made_again(Gated(dense(Own)), "again = from_config(the config of Gated(Own(2)))")
    called = "the class of the inner layer of Gated(Own(2)), made again; Own is registered"
    expect.same(type(again.inner).__name__, "Own", called=called)


@pytest.mark.beyond
def test_a_frozen_inner_layer():
    """A frozen inner layer stays frozen.

    Whether a layer is trained is for its owner to say.
    """
    frozen = keras.layers.Dense(2, trainable=False)
    with expect.works("Gated(a frozen Dense layer), called"):
        layer = Gated(frozen)
        layer(X)
    called = "the shapes of layer.trainable_weights of Gated(a frozen Dense layer)"
    seen = [tuple(weight.shape) for weight in layer.trainable_weights]
    expect.same(seen, [()], called=called, idea=None if (3, 2) in seen else "")
    inner = keras.layers.Dense(2)
    with expect.works("Gated(a Dense layer)"):
        later = Gated(inner)
    inner.trainable = False
    now = "A config tells of a layer as it is when it is asked."
    for first, when, idea in (layer, "frozen", None), (later, "frozen since", now):
        again = made_again(first)
        called = f"again.inner.trainable, where the first inner layer was {when}"
        with expect.works(called, **A_DICT):
            seen = again.inner.trainable
        expect.same(seen, False, called=called, idea=idea)


@pytest.mark.beyond
def test_a_config_has_what_every_layer_has():
    """The config has name, dtype and trainable, too.

    The base class writes into a config what it was given.
    """
    for policy in ("float64", "mixed_float16"):
        called = f"Gated(inner, name='out', dtype='{policy}', trainable=False)"
        with expect.works(called):
            layer = Gated(dense(dtype=policy), name="out", dtype=policy, trainable=False)
        again = made_again(layer)
        seen = [again.name, again.dtype_policy.name, again.trainable]
        called = f"name, dtype policy and trainable of a layer made from the config of {called}"
        expect.same(seen, ["out", policy, False], called=called)


@pytest.mark.beyond
def test_the_config_is_not_changed():
    """A config can be used again.

    Whoever made the config may want to make a second layer of it. Change a copy.
    """
    config = config_of(Gated(dense(trainable=False), keras.initializers.Constant(0.25)))
    kept = outline(config)
    with expect.works("Gated.from_config(config)", **A_DICT):
        Gated.from_config(config)
    expect.that(
        outline(config) == kept,
        called="the config, after from_config",
        expected="what it was before",
        seen="other values of " + ", ".join(k for k in kept if kept[k] != outline(config).get(k)),
    )


def outline(config):
    """What a config holds; of objects, the class."""
    if isinstance(config, dict):
        return {name: outline(part) for name, part in config.items()}
    if isinstance(config, (list, tuple)):
        return [outline(part) for part in config]
    plain = config is None or isinstance(config, (bool, int, float, str))
    return config if plain else type(config).__name__
