import keras
import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q11.settle import Settle

ONE_TRACE = {
    "idea": "Keras traces call as it is written. There, a tensor has no value for Python to decide "
    "by. A loop of the graph decides at run time.",
    "when": "symbolic|Symbolic|numpy",
}
PLAIN_DATA = {
    "idea": "A config holds plain data. A layer in it has to be turned into data, and back.",
    "when": "layer|serializ|get_config|__tensor__",
}


def scaling(factor, **kwargs):
    """A layer that multiplies each of two features by a number of its own, at first `factor`."""
    constant = keras.initializers.Constant(factor)
    return keras.layers.EinsumDense("bf,f->bf", 2, kernel_initializer=constant, **kwargs)


def settled(x, factor=0.5, limit=1.0):
    x = np.array(x, "float32")
    while np.abs(x).max() > limit:
        x = x * np.float32(factor)
    return x


def own_weights(model, layer):
    """Whether the weights of the model are the layer's, told as a sentence."""
    of_layer = sum(any(w is own for own in layer.weights) for w in model.weights)
    return f"{len(model.weights)} in all, {of_layer} of them the layer's"


def loaded(model, path, called):
    """The model from a file, by a process that knows Settle."""
    with expect.works(called, **PLAIN_DATA):
        model.save(path)
        return keras.models.load_model(path, custom_objects={"Settle": Settle})


def test_it_takes_as_many_steps_as_the_batch_needs():
    """The layer is applied while a value of the batch is above the limit.

    Nobody can draw this network before the data is there. No list and no graph of layers has its
    depth. All of the batch counts, with either sign.
    """
    for x, factor, limit in (
        ([[10.0, -3.0]], 0.5, 1.0),
        ([[0.25, -12.0]], 0.5, 1.0),
        ([[1.0, 30.0], [2.0, -400.0], [0.5, 0.0]], 0.5, 1.0),
        ([[0.25, 0.75]], 0.5, 1.0),
        ([[50.0, -100.0]], 0.96875, 0.5),
    ):
        called = f"Settle(a layer that multiplies by {factor}, limit={limit})({x})"
        with expect.works(called):
            seen = Settle(scaling(factor), limit=limit)(tf.constant(x))
        want = settled(x, factor, limit)
        expect.tensor(seen, want, dtype="float32", called=called, tolerance=1e-4)
    called = "Settle(a layer that halves)([[3.0, 0.5]]), with limit 1.0"
    with expect.works(called):
        seen = Settle(scaling(0.5))(tf.constant([[3.0, 0.5]]))
    expect.tensor(seen, [[0.75, 0.125]], called=called)


def test_a_value_at_the_limit_is_not_above_it():
    """A value at the limit needs no step.

    The output may be as large as the limit, and a batch that is no larger has settled.
    """
    for x, factor, limit in ([[0.25, -1.0]], 0.5, 1.0), ([[7.0, 1.0]], -0.5, 3.5):
        called = f"Settle(a layer that multiplies by {factor}, limit={limit})({x})"
        with expect.works(called):
            seen = Settle(scaling(factor), limit=limit)(tf.constant(x))
        expect.tensor(seen, settled(x, factor, limit), called=called)


def test_one_graph_serves_all_depths():
    """In a graph, too, the depth depends on the data.

    A loop that Python runs while it traces has one length for all time. So it has to be an op.
    """
    model = Settle(scaling(0.5))
    called = "predict_on_batch of Settle(a layer that halves), for a batch of 3"
    x = np.array([[7.0, -3.0], [0.0, 0.5], [1.0, 2.0]], "float32")
    with expect.works(called, **ONE_TRACE):
        seen = model.predict_on_batch(x)
    expect.value(seen, settled(x), called=called)

    compiled = tf.function(model, input_signature=[tf.TensorSpec([None, 2])])
    for x in [[0.5, -0.25]], [[5.0, -1.0], [0.0, 33.0]], [[1e30, 1.0]]:
        called = f"tf.function(Settle(a layer that halves), [None, 2])({x})"
        with expect.works(called, **ONE_TRACE):
            seen = compiled(tf.constant(x))
        expect.tensor(seen, settled(x), dtype="float32", called=called)


def test_gradients_pass_through_every_step():
    """Gradients come back through all steps, to inputs and weights.

    Each step uses the same kernel. Its gradient is the sum over the steps. The input's gradient is
    multiplied by the kernel as often as the layer was applied.
    """
    model, x = Settle(scaling(0.5)), tf.constant([[7.0, -3.0]])
    call = "Settle(a layer that halves)([[7.0, -3.0]])"
    with expect.works(call):
        model(x)
        with tf.GradientTape() as tape:
            tape.watch(x)
            total = tf.reduce_sum(model(x))
    weights = [weight.value for weight in model.trainable_weights]
    count = f"the number of trainable weights, after {call}"
    own = "A model has the weights of the layers that are its attributes."
    expect.same(len(weights), 1, called=count, idea=own)
    slopes = tape.gradient(total, [x, *weights])
    constant = "A graph that was traced while the layer had no weights keeps their first values."
    outside = "Nothing flows back through a stop_gradient, or through Python that the graph calls."
    cut = constant if slopes[0] is not None else outside
    for name, seen, want in zip(
        ("input", "kernel"), slopes, ([[0.125, 0.125]], [5.25, -2.25]), strict=True
    ):
        called = f"the gradient of the sum of {call} for the {name}"
        none = "None: the output does not depend on it"
        expect.that(seen is not None, called=called, expected="a tensor", seen=none, idea=cut)
        expect.value(seen, want, called=called)


def test_the_weights_are_the_layers():
    """After a call, the weights of the model are those of the layer.

    The layer that was given is an object, and the model applies that object. A copy would have
    weights of its own.
    """
    layer = scaling(0.5)
    called = "Settle(layer), called with [[8.0, -3.0]]"
    with expect.works(called):
        model = Settle(layer)
        model(tf.constant([[8.0, -3.0]]))
    expect.same(
        own_weights(model, layer),
        "1 in all, 1 of them the layer's",
        called=f"the weights of {called}",
    )


def test_a_saved_model_settles_as_before(tmp_path):
    """A saved model is loaded with its layer and its limit.

    A file holds a config and the weights. The config says what the constructor was given.
    """
    model, x = Settle(scaling(0.5), limit=0.25), tf.constant([[8.0, 3.0]])
    called = "Settle(layer, limit=0.25)"
    with expect.works(called):
        model(x)
        for weight in model.trainable_weights:
            weight.assign([0.5, 0.75])
        before = model(x)
    want = settled(x, [0.5, 0.75], 0.25)
    idea = "A model uses the weights that its layer has when it is called."
    expect.value(before, want, called=f"the output of {called}, with a new kernel", idea=idea)
    called += ", saved as a.keras and loaded"
    again = loaded(model, tmp_path / "a.keras", called)
    with expect.works(f"a call of {called}", **(PLAIN_DATA | {"when": "[dD]ict"})):
        seen = again(x)
    expect.value(seen, want, called=f"the output of {called}")
    values = keras.tree.flatten(model.get_config())
    expect.that(
        not any(isinstance(value, keras.Layer) for value in values),
        called="get_config() of Settle(layer, limit=0.25)",
        expected="plain data",
        seen="the layer itself",
        idea="Two models of one config share no layer. A layer in a config is turned into data.",
    )


@pytest.mark.beyond
def test_thousands_of_steps():
    """It may take more than two thousand steps.

    A bound that no test has reached is reached one day. The output is above the limit then, and
    nothing says so.
    """
    called = "Settle(a layer that multiplies by 0.999)([[10.0, 1.0]])"
    with expect.works(called):
        seen = Settle(scaling(0.999))(tf.constant([[10.0, 1.0]]))
    expect.tensor(seen, settled([[10.0, 1.0]], 0.999), called=called, tolerance=1e-3)


@pytest.mark.beyond
def test_the_first_call_builds_the_layer():
    """The layer has its weights after the first call, also if that took no step.

    Weights are loaded, counted or given to an optimizer after the first call. Nobody knows how deep
    that one goes.
    """
    layer = scaling(0.5)
    called = "Settle(a layer that is not built), called with zeros"
    with expect.works(called):
        model = Settle(layer)
        model(tf.zeros([3, 2]))
    count = len(model.trainable_weights)
    expect.same(count, 1, called=f"the number of trainable weights of {called}")


@pytest.mark.beyond
def test_a_built_layer_keeps_its_weights():
    """A layer that is built already keeps its weights.

    It may have been trained somewhere else.
    """
    layer = scaling(0.5)
    layer.build([None, 2])
    layer.kernel.assign([0.25, 0.5])
    called = "Settle(a layer that is built and multiplies by [0.25, 0.5])([[8.0, 1.0]])"
    built = {"idea": "A layer is built once.", "when": "already built"}
    with expect.works(called, **built):
        seen = Settle(layer)(tf.constant([[8.0, 1.0]]))
    expect.tensor(seen, [[0.5, 0.25]], called=called)


@pytest.mark.beyond
def test_the_layer_is_in_training_if_the_model_is():
    """In every call, the layer is in training if the model is.

    Keras hands the flag on to each layer that a call reaches. A graph that was traced for one flag
    does not serve the other.
    """
    hundred = keras.initializers.Constant(100.0)
    layer = keras.layers.BatchNormalization(
        momentum=1.0, epsilon=0.0, moving_variance_initializer=hundred
    )
    model, x = Settle(layer, limit=2.0), tf.constant([[10.0, 30.0], [-10.0, 10.0]])
    used = [[0.1, 0.3], [-0.1, 0.1]]  # two steps, each a tenth
    trained = [[1.0, 1.0], [-1.0, -1.0]]  # one step, by the mean and variance of the batch
    for training, want in (False, used), (True, trained), (False, used):
        called = f"Settle(BatchNormalization(), limit=2.0)(x, training={training})"
        with expect.works(called):
            seen = model(x, training=training)
        expect.tensor(seen, want, called=called, tolerance=1e-3)


@pytest.mark.beyond
def test_what_every_model_takes():
    """Name, trainable and dtype act, and the config has them.

    All three belong to the base class. Its constructor acts on them, and its get_config returns
    them.
    """
    called = "Settle(layer, name='calm', trainable=False, dtype='mixed_float16')"
    with expect.works(called):
        model = Settle(scaling(0.5), name="calm", trainable=False, dtype="mixed_float16")
    with expect.works(f"{called}, then Settle.from_config(its get_config())", **PLAIN_DATA):
        again = Settle.from_config(model.get_config())
    for net, after in (model, called), (again, f"{called}, after get_config and from_config"):
        seen = [net.name, net.trainable, net.dtype_policy.name]
        right = ["calm", False, "mixed_float16"]
        expect.same(seen, right, called=f"name, trainable and dtype_policy.name of {after}")
