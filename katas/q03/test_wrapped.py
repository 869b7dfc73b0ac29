"""A layer in a layer: whose weights are they, and how does a config hold a layer?"""

import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q03.wrapped import Gated
from lab.loading import loaded, registered

X = tf.constant([[1.0, 2.0, 3.0], [-1.0, 0.5, 4.0]])
KERNEL = np.array([[1.0, -1.0], [0.5, 2.0], [0.0, 1.0]], "float32")
XK = np.array([[2.0, 6.0], [-0.75, 6.0]], "float32")  # X @ KERNEL


@keras.saving.register_keras_serializable(package="q03_wrapped")
class Own(keras.layers.Dense):
    """A class that Keras does not know, and that is registered."""


AT_IMPORT = registered()


def dense(**kwargs):
    """A Dense layer that knows its kernel from the start."""
    return keras.layers.Dense(2, use_bias=False, **kwargs)


def test_scales_what_the_inner_layer_gives():
    """The output is the gate times what the inner layer gives.

    The gate starts as its initializer says, which may be given as a name or as an object.
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
            inner.set_weights([KERNEL, bias])
            output = layer(X)
        expect.tensor(output, gate * (XK + bias), called=called)


def test_the_weights_of_both_are_trained():
    """The gate is trained, and so is the inner layer.

    Keras finds the layers that a layer holds, as it finds its weights. The gate is one number,
    however wide the output is.
    """
    layer = Gated(keras.layers.Dense(2))
    with expect.works("Gated(Dense(2)), called"):
        layer(X)
    expect.same(
        [tuple(weight.shape) for weight in layer.trainable_weights],
        [(), (3, 2), (2,)],
        called="the shapes of layer.trainable_weights of Gated(Dense(2))",
    )
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
    expect.tensor(at_rest, x, called="Gated(Dropout(0.5))(x), which is not in training")
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
    """A layer that was trained before goes on with its weights.

    Its weights were made when it was built, and are not made again. The layer is used and not
    copied: what happens to it outside shows inside.
    """
    inner = dense()
    inner(X)
    inner.set_weights([KERNEL])
    called = "Gated(a Dense layer with a known kernel)(x)"
    with expect.works(called):
        layer = Gated(inner)
        output = layer(X)
    expect.tensor(output, XK, called=called)
    frozen = keras.layers.Dense(2, trainable=False, name="frozen")
    before = frozen.get_config()
    with expect.works("Gated(a frozen Dense layer), called and asked for its config"):
        Gated(frozen)(X)
        Gated(frozen).get_config()
    after = frozen.get_config()
    changed = [name for name in before if after[name] != before[name] and name != "build_config"]
    expect.same(changed, [], called="what changed in the config of a frozen inner layer")
    expect.that(
        layer.inner is inner,
        called="Gated(inner).inner",
        expected="the layer that was given",
        seen="another object",
    )


def outline(config):
    """What a config holds; of objects, the class."""
    if isinstance(config, dict):
        return {name: outline(part) for name, part in config.items()}
    if isinstance(config, (list, tuple)):
        return [outline(part) for part in config]
    plain = config is None or isinstance(config, (bool, int, float, str))
    return config if plain else type(config).__name__


def test_a_config_holds_the_inner_layer():
    """A config is enough to make both layers like the first.

    A config holds plain data. An object in it is written as its class and its own config, and has
    to be made from these again. A layer that was put into a config as it is, is shared.
    """
    called = "layer = Gated(a frozen Dense(2), Constant(0.25), name='out', trainable=False)"
    with expect.works(called):
        layer = Gated(
            keras.layers.Dense(2, use_bias=False, activation="relu", name="in", trainable=False),
            keras.initializers.Constant(0.25),
            name="out",
            trainable=False,
        )
    with expect.works("layer.get_config(), before the layer was called"):
        config = layer.get_config()
    kept = outline(config)
    with expect.works("again = Gated.from_config(layer.get_config())"):
        again = Gated.from_config(config)
    called = f"again = Gated.from_config(layer.get_config()), with {called}"
    expect.that(
        outline(config) == kept,
        called="the config, after from_config",
        expected="what it was before",
        seen="other values of " + ", ".join(k for k in kept if kept[k] != outline(config).get(k)),
        idea="Whoever made the config may want to make a second layer of it. Change a copy.",
    )
    seen = [again.name, again.trainable, again.inner.name, type(again.inner).__name__]
    expect.same(
        seen,
        ["out", False, "in", "Dense"],
        called=f"{called}: its name, whether it is trainable, the inner layer's name and class",
    )
    expect.that(
        again.inner is not layer.inner,
        called=f"{called}: again.inner",
        expected="a layer of its own",
        seen="the inner layer of the first",
    )
    with expect.works("again(x)"):
        again(X)
        again.inner.set_weights([KERNEL])
        output = again(X)
    expect.value(output, 0.25 * np.maximum(XK, 0.0), called=f"{called}: again(x)")
    expect.same(again.inner.trainable, False, called=f"{called}: again.inner.trainable")

    called = "Gated.from_config(the config of a Gated whose gate was trained to 3)"
    layer = Gated(keras.layers.Dense(2, dtype="float64"), dtype="float64")
    with expect.works(called):
        layer(X)
        layer.trainable_weights[0].assign(3.0)
        again = Gated.from_config(layer.get_config())
        again(X)
    expect.value(again.trainable_weights[0], 1.0, called=f"the gate of {called}")
    expect.same(again.dtype_policy.name, "float64", called=f"the dtype_policy of {called}")


def test_loads_from_its_path_alone(tmp_path):
    """load_model(path) finds both layers and all weights.

    Keras builds the layers again before it fills in their weights. What is built then has to be
    what was built before, in whatever order.
    """
    for kind, layer in (
        ("Gated(Dense(2))", Gated(dense(), name="outer")),
        ("Gated(Gated(Dense(2)))", Gated(Gated(dense()), name="outer")),
        ("Gated(a layer of one's own)", Gated(Own(2, use_bias=False), name="outer")),
    ):
        called = f"a model with {kind}"
        with expect.works(called):
            model = keras.Sequential([keras.Input([3]), layer])
        gates = list(np.arange(2.0, 1.0 + len(model.weights)))
        with expect.works(f"model.set_weights: the gates, then the kernel, {called}"):
            model.set_weights([*gates, KERNEL])
        with expect.works(f"model.save, {called}"):
            model.save(tmp_path / "m.keras")
        again = loaded(tmp_path / "m.keras", AT_IMPORT)
        predictions = f"predictions of the loaded model, {called}"
        with expect.works(predictions):
            seen = again(X)
        expect.value(seen, np.prod(gates) * XK, called=predictions)
        expect.same(again.layers[-1].name, "outer", called="the name of the layer that was loaded")
