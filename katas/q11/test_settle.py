import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q11.settle import Settle


def scaling(factor, **kwargs):
    """A layer that multiplies each of two features by a number of its own, at first `factor`."""
    constant = keras.initializers.Constant(factor)
    return keras.layers.EinsumDense("bf,f->bf", 2, kernel_initializer=constant, **kwargs)


def settled(x, factor=0.5, limit=1.0):
    x = np.array(x, "float32")
    while np.abs(x).max() > limit:
        x = x * np.float32(factor)
    return x


def test_it_takes_as_many_steps_as_the_batch_needs():
    """The layer is applied until no absolute value is above the limit.

    Nobody can draw this network before the data is there: no list and no graph of layers has its
    depth. All of the batch counts, with either sign; a value at the limit is not above it.
    """
    for x, factor, limit in (
        ([[8.0, -3.0]], 0.5, 1.0),
        ([[0.25, -12.0]], 0.5, 1.0),
        ([[1.0, 300.0], [2.0, -4.0], [0.5, 0.0]], 0.5, 1.0),
        ([[0.25, 1.0]], 0.5, 1.0),
        ([[7.0, 1.0]], -0.5, 3.5),
        ([[50.0, -100.0]], 0.96875, 0.5),
    ):
        called = f"Settle(a layer that multiplies by {factor}, limit={limit})({x})"
        with expect.works(called):
            seen = Settle(scaling(factor), limit=limit)(tf.constant(x))
        want = settled(x, factor, limit)
        expect.tensor(seen, want, dtype="float32", called=called, tolerance=1e-4)
    with expect.works("Settle(layer), without a limit"):
        seen = Settle(scaling(0.5))(tf.constant([[3.0, 0.5]]))
    expect.tensor(seen, [[0.75, 0.125]], called="Settle(half)([[3.0, 0.5]]), with limit 1.0")


def test_one_graph_serves_all_depths():
    """In a graph, too, the depth depends on the data.

    Keras traces call as it is written. A Python loop over a tensor has no value to look at then,
    and a loop that Python has unrolled has one length for all time.
    """
    model = Settle(scaling(0.5))
    called = "predict_on_batch of Settle(a layer that halves), for a batch of 3"
    x = np.array([[7.0, -3.0], [0.0, 0.5], [1.0, 2.0]], "float32")
    with expect.works(called):
        seen = model.predict_on_batch(x)
    expect.value(seen, settled(x), called=called)

    signature = [tf.TensorSpec([None, 2])]
    compiled = tf.function(model, input_signature=signature)
    for x in [[0.5, -0.25]], [[5.0, -1.0], [0.0, 33.0]], [[1e30, 1.0]]:
        called = f"tf.function(Settle(a layer that halves), [None, 2])({x})"
        with expect.works(called):
            seen = compiled(tf.constant(x))
        expect.tensor(seen, settled(x), dtype="float32", called=called)


def test_gradients_pass_through_every_step():
    """Gradients come back through all steps, to inputs and weights.

    Each step uses the same kernel. Its gradient is the sum over the steps, and the input's is
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
        slopes = tape.gradient(total, [x, *weights])
    kernel = [5.25, -2.25]  # 3 * 0.5**2 * x
    wanted = {"input": [[0.125, 0.125]], "kernel": kernel}
    for (name, want), seen in zip(wanted.items(), [*slopes, None, None], strict=False):
        called = f"the gradient of the sum of {call} for the {name}"
        expect.that(
            seen is not None, called=called, expected="a tensor", seen="None: no connection"
        )
        expect.value(seen, want, called=called)


def test_the_weights_are_the_layers():
    """After any first call, the model has the weights of the layer.

    That holds also if the call took no step: what a model has learned has to be there before it
    is needed. A layer may come with its weights, and then it keeps them.
    """
    built = scaling(0.5)
    built.build([None, 2])
    for layer, how in (scaling(0.5), "that is not built"), (built, "that is built already"):
        called = f"Settle(a layer {how}), called with zeros"
        model = Settle(layer)
        with expect.works(called):
            model(tf.zeros([3, 2]))
        own = [any(w is weight for weight in layer.weights) for w in model.trainable_weights]
        expect.that(
            own == [True],
            called=f"the trainable weights of {called}",
            expected="one: the kernel of the layer",
            seen=f"{len(own)} in all, {sum(own)} of them the layer's",
        )


def test_a_saved_model_settles_as_before(tmp_path):
    """A saved model is loaded with its layer, its limit and its name.

    A config holds plain data. A layer in it has to be turned into data, and back. What the base
    class was given belongs to it as well.
    """
    model = Settle(scaling(0.5, name="half"), limit=0.25, name="calm", trainable=False)
    x = tf.constant([[8.0, -3.0]])
    called = "Settle(layer, limit=0.25, name='calm', trainable=False), saved as a.keras and loaded"
    with expect.works(called):
        model(x)
        model.layers[0].kernel.assign([0.5, 0.75])
        before = model(x)
        model.save(tmp_path / "a.keras")
        again = keras.models.load_model(tmp_path / "a.keras", custom_objects={"Settle": Settle})
        seen = again(x)
    want = settled(x, [0.5, 0.75], 0.25)
    idea = "A model uses the weights that its layer has when it is called."
    expect.value(before, want, called="the output before that, with a new kernel", idea=idea)
    expect.value(seen, want, called=f"the output of {called}")
    expect.same(again.name, "calm", called=f"the name of {called}")
    expect.same(again.trainable, False, called=f"trainable of {called}")
