import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q09.running_total import RunningTotal

X = np.array([[1.0, 2.0, 3.0]], "float32")
IN_PYTHON = ("EagerPyFunc", "PyFunc", "PyFuncStateless")


def test_calls_add_up():
    """The total grows with every call, and the input is handed on.

    State is what one call leaves behind for the next. Each element is added as it is, with its
    sign.
    """
    layer = RunningTotal()
    dtypes = "TensorFlow does not add a float32 and an integer: what is added has to be cast first."
    with expect.works("layer([[1, 2, 3]]), with integers", idea=dtypes):
        output = layer(tf.constant([[1, 2, 3]]))
    handed_on = "The layer only listens: the layers after it get what they would get without it."
    expect.tensor(output, [[1, 2, 3]], called="the output of layer([[1, 2, 3]])", idea=handed_on)
    expect.value(layer.total, 6.0, called="the total after layer([[1, 2, 3]])")
    layer(tf.constant([[0.5], [-0.25]]))
    expect.value(layer.total, 6.25, called="the total after layer([[0.5], [-0.25]]) as well")
    any_shape = "The input is all elements of a tensor of any shape. A scalar has one element."
    with expect.works("layer(0.5), with a scalar tensor", idea=any_shape):
        layer(tf.constant(0.5))
    expect.value(layer.total, 6.75, called="the total after layer(0.5) as well", idea=any_shape)
    layer(tf.constant([1.0, np.nan]))
    expect.value(layer.total, np.nan, called="the total after layer([1, nan]) as well")


def test_two_layers_keep_two_totals():
    """Every layer has a total of its own, and it starts at 0.

    State belongs to the object. What stands in the class or in the module is there once, for all
    layers. The sum of no elements is 0, too.
    """
    first, second = RunningTotal(), RunningTotal(name="second", trainable=False)
    first(X)
    second(tf.zeros([0, 3]))
    expect.value(first.total, 6.0, called="the total of a layer that got [[1, 2, 3]]")
    expect.value(second.total, 0.0, called="the total of another layer that got an empty batch")
    called = "name and trainable of RunningTotal(name='second', trainable=False)"
    base = "What a layer is given beside its own arguments is for the base class to act on."
    expect.same([second.name, second.trainable], ["second", False], called=called, idea=base)


def test_a_compiled_function_adds_up():
    """The total grows with every call of a tf.function.

    Python runs while the function is traced, and then never again: an attribute is bound once, to
    a symbolic tensor of that graph. What shall happen at every call must be an op of the graph
    that writes to storage outside of it.
    """
    layer = RunningTotal()

    @tf.function
    def step(x):
        return layer(x)

    for _ in range(3):
        step(X)
    expect.value(
        layer.total, 18.0, called="the total after 3 calls of a tf.function, each with [[1, 2, 3]]"
    )
    step(tf.ones([2, 3]))
    expect.value(layer.total, 24.0, called="the total after one more call, with another shape")
    expect.ops(
        step.get_concrete_function(X),
        none_of=IN_PYTHON,
        called="the graph of the tf.function",
        idea="A call back into Python keeps the state in this process: the graph cannot be saved, "
        "served or run on another device with it.",
    )


def test_fit_and_predict_add_up():
    """The total counts every batch of fit and of predict.

    Keras compiles both into functions, and runs the layer once with symbolic inputs to build the
    model. The layer counts what passes through it, in training or not, in every epoch.
    """
    model = keras.Sequential([keras.Input([3]), RunningTotal(), keras.layers.Dense(1)])
    layer = model.layers[0]
    expect.value(layer.total, 0.0, called="the total of a model that was built and never called")
    model.compile("sgd", "mse")
    with expect.works("fit, then predict"):
        rows = tf.data.Dataset.from_tensor_slices((tf.ones([8, 3]), tf.ones([8, 1])))
        model.fit(rows.batch(4), epochs=2, verbose=0)
        after_fit = float(layer.total)
        model.predict(rows.take(4).batch(2), verbose=0)
    expect.value(after_fit, 48.0, called="the total after fit on 8 rows of 3 ones, for 2 epochs")
    expect.value(layer.total, 60.0, called="the total after predict on 4 more rows")


def test_the_total_is_not_trained():
    """No optimizer trains the total, no tape watches it, and gradients pass the layer by.

    A layer's state is of two kinds: weights that gradients change, and the rest. Whoever makes a
    variable says which it is; if nothing is said, it counts as one to be trained.
    """
    layer, inputs = RunningTotal(), tf.constant(X)
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        squares = tf.square(layer(inputs))
    for seen, called in (
        (len(layer.trainable_variables), "the number of the layer's trainable variables"),
        (len(tape.watched_variables()), "the number of variables that a tape watches in a call"),
    ):
        expect.that(seen == 0, called=called, expected="0", seen=str(seen))
    expect.tensor(
        tape.gradient(squares, inputs),
        [[2.0, 4.0, 6.0]],
        called="the gradient of layer(x)**2 with respect to x, at [[1, 2, 3]]",
        idea="What comes before this layer in a model is trained as if the layer were not there.",
    )


def test_a_saved_model_keeps_its_total(tmp_path):
    """A model that was saved and loaded goes on from its total.

    Keras saves a layer's weights, and with a whole model the arguments of its constructor. It
    has to know about both: not everything that an attribute holds is a weight.
    """

    def make_model():
        return keras.Sequential([keras.Input([3]), RunningTotal()])

    model = make_model()
    expect.value(model.layers[0].total, 0.0, called="the total of a model that was only built")
    model(X)
    with expect.works("save_weights('a.weights.h5'), then load_weights into a new model"):
        model.save_weights(tmp_path / "a.weights.h5")
        again = make_model()
        again.load_weights(tmp_path / "a.weights.h5")
    expect.value(again.layers[0].total, 6.0, called="the total, saved at 6.0, from a .weights.h5")

    with expect.works("model.save('a.keras'), then load_model"):
        model.save(tmp_path / "a.keras")
        again = keras.models.load_model(
            tmp_path / "a.keras", custom_objects={"RunningTotal": RunningTotal}
        )
    again(X)
    expect.value(
        again.layers[0].total, 12.0, called="the total, saved at 6.0, from a .keras, and 6.0 more"
    )


def test_the_total_is_computed_in_float32():
    """The total is computed in float32, whatever the dtype of the layer and its input.

    Each dtype has an end: in float16 the next number after 2048 is 2050, and an int32 starts
    again below zero after 2,147,483,647. A layer with a float16 policy gets its inputs in
    float16, and within a call Keras also shows it its weights so, if nobody objects.
    """
    for policy in ("mixed_float16", "float16"):
        layer = RunningTotal(dtype=policy)
        called = f"the policy of a layer with dtype='{policy}'"
        expect.same(layer.dtype_policy.name, policy, called=called)
        with expect.works(f"calls of a layer with dtype='{policy}'"):
            output = layer(tf.constant([[2048.0, 1.0]], tf.float16))
            for _ in range(3):
                layer(tf.constant([[1.0]], tf.float16))
        called = f"the total after [2048.0, 1.0], 1.0, 1.0 and 1.0, with dtype='{policy}'"
        expect.value(layer.total, 2052.0, tolerance=0, called=called)
        expect.tensor(
            output,
            [[2048.0, 1.0]],
            dtype=tf.float16,
            called=f"the output for a float16 input, with dtype='{policy}'",
            idea="Only the total has a dtype of its own. The layer keeps the one it was made with, "
            "and hands on what it gets.",
        )

    layer = RunningTotal()
    called = "layer([2000000001, 2000000001])"
    output = layer(tf.constant([2_000_000_001, 2_000_000_001]))
    expect.value(layer.total, 4e9, called=f"the total after {called}")
    exact = "What is cast is the layer's own copy. A float32 does not have every whole number."
    expect.tensor(output, [2_000_000_001] * 2, called=f"the output of {called}", idea=exact)


def test_reset_reaches_compiled_functions():
    """After a reset, functions compiled before start again from 0.

    A graph holds the variable that it was traced with, whatever the attribute is bound to later.
    A new value is assigned to that variable, whatever the old one was: once a nan is in a total,
    nothing else will get it out.
    """
    layer = RunningTotal()

    @tf.function
    def step(x):
        return layer(x)

    for number in np.inf, np.nan:
        step(np.array([[1.0, number, 3.0]], "float32"))
        expect.value(layer.total, number, called=f"the total after a call with [[1, {number}, 3]]")
        with expect.works("reset(), after a tf.function was traced"):
            layer.reset()
        expect.value(layer.total, 0.0, called=f"the total after reset(), which was {number}")
    with expect.works("a call of the tf.function after reset()"):
        step(X)
    expect.value(layer.total, 6.0, called="the total after reset() and a call of the tf.function")
