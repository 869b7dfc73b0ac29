import keras
import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q09.running_total import RunningTotal

X = np.array([[1.0, 2.0, 3.0]], "float32")
IN_PYTHON = ("EagerPyFunc", "PyFunc", "PyFuncStateless")
KERAS_2 = {
    "idea": "add_update is of Keras 2, where updates were registered. In Keras 3 a variable's own "
    "assign_add is all there is to an update, and runs in every call.",
    "when": "add_update",
}
LEAKED = {
    "idea": "While a graph was traced, Python bound an attribute to a symbolic tensor. Outside of "
    "that graph it is of no use. An op that writes to a variable runs in every call.",
    "when": "out of scope|symbolic",
}
MADE_IN_CALL = {
    "idea": "A variable that is made in call is another one each time. It has to be made once, "
    "before the first call.",
    "when": "singleton|new elements of state",
}


def near(seen, number):
    """Whether `seen` is a number that differs from `number` by some roundings in half precision."""
    got = expect.plain(seen)
    return got is not None and bool(np.all(np.abs(got - number) < 100))


def check_total(layer, expected, called, idea=None, tolerance=None):
    """`layer.total` is this number; what explains a tensor of another kind comes first.

    An exact total is told by what it has above 2048, where a rounded one is near: three digits of
    both are the same.
    """
    seen, what = layer.total, "the total"
    if tf.is_symbolic_tensor(seen):
        idea = LEAKED["idea"]
    elif tuple(getattr(seen, "shape", ())):
        idea = "A total is one number: a scalar has the shape ()."
    elif tolerance == 0 and near(seen, expected):
        seen, expected = float(expect.plain(seen)) - 2048.0, expected - 2048.0
        what = "the total, less 2048,"
    expect.value(seen, expected, called=f"{what} after {called}", idea=idea, tolerance=tolerance)


def test_calls_add_up():
    """The total grows with every call, from 0 on.

    State is what one call leaves behind for the next. Each element is added as it is, with its
    sign. It counts as often as it comes, in one tensor or in two.
    """
    layer, halves = RunningTotal(), tf.constant([[0.5], [-0.25]])
    with expect.works("layer([[1.0, 2.0, 3.0]])", **KERAS_2):
        layer(X)
    check_total(layer, 6.0, "layer([[1.0, 2.0, 3.0]])")
    with expect.works("layer([[0.5], [-0.25]])"):
        layer(halves)
    check_total(layer, 6.25, "layer([[0.5], [-0.25]]) as well")
    with expect.works("layer([[0.5], [-0.25]]), with the same tensor"):
        layer(halves)
    check_total(layer, 6.5, "another call with the same tensor")


def test_the_input_is_handed_on():
    """The input comes out as it went in, and gradients flow through unchanged.

    The layer only listens. What comes before it in a model is trained as if it were not there.
    """
    layer, inputs = RunningTotal(), tf.constant(X)
    with expect.works("layer([[1.0, 2.0, 3.0]])"), tf.GradientTape() as tape:
        tape.watch(inputs)
        output = layer(inputs)
        squares = tf.square(output)
    expect.tensor(output, X, called="the output of layer([[1.0, 2.0, 3.0]])")
    called = "the gradient of layer(x)**2 with respect to x, at [[1.0, 2.0, 3.0]]"
    expect.tensor(tape.gradient(squares, inputs), 2 * X, called=called)


def test_two_layers_keep_two_totals():
    """Every layer has a total of its own, and it starts at 0.

    State belongs to the object. A variable of the class or of the module is there once, for all
    layers.
    """
    first, second = RunningTotal(), RunningTotal()
    zero = "A layer that has counted nothing has a total of 0."
    with expect.works("calls of two layers"):
        first(X)
        second(tf.zeros([1, 3]))
        RunningTotal()
    check_total(second, 0.0, "second([[0.0, 0.0, 0.0]])", idea=zero)
    check_total(first, 6.0, "first([[1.0, 2.0, 3.0]]), second([[0.0, 0.0, 0.0]]) and a third layer")


def test_a_compiled_function_adds_up():
    """The total grows with every call of a tf.function.

    Python runs while the function is traced, and not in the calls that follow. An attribute is
    bound once then, to a symbolic tensor of that graph. An op that writes to a variable runs in
    every call.
    """
    layer = RunningTotal()

    @tf.function
    def step(x):
        return layer(x)

    @tf.function
    def twice(x):
        return layer(x) + layer(2.0 * x)

    called = "3 calls of a tf.function, each with [[1.0, 2.0, 3.0]]"
    with expect.works(called, **MADE_IN_CALL):
        for _ in range(3):
            step(X)
    nothing = "In a graph, an op that writes to the total's variable counts. None has run here."
    check_total(layer, 18.0, called, idea=None if np.any(expect.plain(layer.total)) else nothing)
    with expect.works("one more call, with a tensor of another shape"):
        step(tf.ones([2, 3]))
    check_total(layer, 24.0, "one more call, with 6 ones")
    called = "a call of a tf.function that calls the layer with 6 ones, then with 6 twos"
    with expect.works(called):
        twice(tf.ones([2, 3]))
    each = "Within one graph, every call of the layer has an op of its own."
    check_total(layer, 42.0, called, idea=each)


def test_the_graph_does_the_adding():
    """The graph adds by itself, without Python.

    A call back into Python keeps the state in this process. The graph cannot be saved, served or
    run on another device with it.
    """
    layer = RunningTotal()
    with expect.works("layer([[1.0, 2.0, 3.0]]), traced into a tf.function", **MADE_IN_CALL):
        layer(X)
        concrete = tf.function(lambda x: layer(x)).get_concrete_function(tf.constant(X))
    expect.ops(concrete, none_of=IN_PYTHON, called="the graph of a tf.function with the layer")


def test_fit_and_predict_add_up():
    """The total counts every batch of fit, evaluate and predict.

    Keras compiles them into functions. The layer counts what passes through it, in training or
    not, in every epoch. A metric starts anew in each.
    """
    with expect.works("keras.Sequential([Input([3]), RunningTotal(), Dense(1)])"):
        model = keras.Sequential([keras.Input([3]), RunningTotal(), keras.layers.Dense(1)])
    layer = model.layers[0]
    built = (
        "Keras builds a model by a run of each layer with symbolic inputs. No number has passed."
    )
    check_total(layer, 0.0, "building a model, and before any call", idea=built)
    model.compile("sgd", "mse")
    rows = tf.data.Dataset.from_tensor_slices((tf.ones([8, 3]), tf.ones([8, 1])))
    with expect.works("fit, evaluate, predict", **(LEAKED | {"when": "out of scope"})):
        model.fit(rows.batch(4), epochs=2, verbose=0)
        after_fit = float(layer.total)
        model.evaluate(rows.take(4).batch(2), verbose=0)
        after_evaluate = float(layer.total)
        model.predict(rows.take(4).batch(2), verbose=0)
    expect.value(after_fit, 48.0, called="the total after fit on 8 rows of 3 ones, for 2 epochs")
    expect.value(after_evaluate, 60.0, called="the total after evaluate on 4 more rows")
    check_total(layer, 72.0, "predict on 4 more rows")


def test_the_total_is_not_trained():
    """No optimizer trains the total, and no tape watches it.

    A layer's state is of two kinds: weights that gradients change, and the rest. You say which,
    where you make the variable. If you say nothing, it counts as one to be trained.
    """
    layer = RunningTotal()
    with expect.works("layer([[1.0, 2.0, 3.0]])"), tf.GradientTape() as tape:
        layer(X)
    for seen, called in (
        (len(layer.trainable_variables), "the number of the layer's trainable variables"),
        (len(tape.watched_variables()), "the number of variables that a tape watches in a call"),
    ):
        expect.that(seen == 0, called=called, expected="0", seen=str(seen))


def make_model():
    with expect.works("keras.Sequential([Input([3]), RunningTotal()])"):
        return keras.Sequential([keras.Input([3]), RunningTotal()])


def test_a_weights_file_keeps_the_total(tmp_path):
    """The total comes back from a .weights.h5 file.

    Keras saves the weights of a layer. In Keras 3 these are its keras.Variables, and not every
    variable that an attribute holds.
    """
    model = make_model()
    called = "a call of the model, reset(), another call, then save_weights('a.weights.h5')"
    with expect.works(called, **LEAKED):
        model(X)
        model.layers[0].reset()
        model(np.array([[2048.0, 1.0, 0.0]], "float32"))
        model.save_weights(tmp_path / "a.weights.h5")
    again = make_model()
    with expect.works("load_weights('a.weights.h5') into a new model"):
        again.load_weights(tmp_path / "a.weights.h5")
    rounded = "No float16 is 2049. What was rounded for the file is lost for good."
    idea = rounded if near(again.layers[0].total, 2049.0) else None
    if np.array_equal(expect.plain(again.layers[0].total), 2055.0):
        idea = "A reset counts for the file as well: what came before it is no part of the total."
    check_total(again.layers[0], 2049.0, "load_weights of a total of 2049", idea, tolerance=0)


def test_a_saved_model_keeps_its_total(tmp_path):
    """A model that was saved and loaded goes on from its total.

    A .keras file has the weights, and for each layer a config: the arguments from which its
    constructor makes it again.
    """
    model = make_model()
    with expect.works("a call of the model, then save('a.keras')", **LEAKED):
        model(X)
        model.save(tmp_path / "a.keras")
    config = {
        "idea": "The config of a layer is handed to its constructor, which has to take all of it.",
        "when": "could not be deserialized|unexpected keyword|Unrecognized keyword",
    }
    with expect.works("load_model('a.keras'), then a call", **config):
        again = keras.models.load_model(
            tmp_path / "a.keras", custom_objects={"RunningTotal": RunningTotal}
        )
        again(X)
    check_total(again.layers[0], 12.0, "load_model of a total of 6.0, and a call with 6.0 more")


def test_reset_reaches_compiled_functions():
    """After a reset, functions compiled before start again from 0.

    A graph holds the variable that it was traced with, whatever the attribute is bound to later.
    A new value has to be assigned to that variable.
    """
    layer = RunningTotal()

    @tf.function
    def step(x):
        return layer(x)

    with expect.works("a call of a tf.function", **MADE_IN_CALL):
        step(X)
    check_total(layer, 6.0, "a call of a tf.function")
    once = {
        "idea": "The state of a layer is made once. A reset gives it another value.",
        "when": "new elements of state",
    }
    with expect.works("reset(), after a tf.function was traced", **once):
        layer.reset()
    check_total(layer, 0.0, "reset()")
    with expect.works("a call of the tf.function after reset()"):
        step(X)
    check_total(layer, 6.0, "reset() and a call of the tf.function")


@pytest.mark.beyond
def test_integers_are_added():
    """Integers are added, and come out as integers.

    What the layer casts for its sum is its own copy. It hands on what it was given.
    """
    cast_first = {
        "idea": "TensorFlow does not add a float32 and an integer: it has to be cast first.",
        "when": "dtype|AddV2|AddN",
    }
    for dtype in (None, "float32", "float64", "mixed_float16"):
        layer = RunningTotal() if dtype is None else RunningTotal(dtype=dtype)
        called = f"layer([[1, 2, 3]]) of a RunningTotal({f'dtype={dtype!r}' if dtype else ''})"
        with expect.works(called, **cast_first):
            output = layer(tf.constant([[1, 2, 3]]))
        expect.tensor(output, [[1, 2, 3]], called=f"the output of {called}")
        check_total(layer, 6.0, called, idea="")
    for dtype in ("int64", "uint8"):
        layer, inputs = RunningTotal(), tf.constant([200, 100], dtype)
        called = f"layer([200, 100]), in {dtype}"
        with expect.works(called):
            output = layer(inputs)
        expect.tensor(output, inputs, called=f"the output of {called}")
        ends = "A sum in the integers' own dtype ends where that ends: a uint8 at 255."
        check_total(layer, 300.0, called, idea=ends)
    layer = RunningTotal()
    called = "layer([2000000001, 2000000001])"
    with expect.works(called):
        output = layer(tf.constant([2_000_000_001, 2_000_000_001]))
    ends = "An int32 ends at 2,147,483,647, and a sum starts again below zero."
    check_total(layer, 4e9, called, idea=ends)
    exact = "What is cast is the layer's own copy: a float32 does not have every whole number."
    expect.tensor(output, [2_000_000_001] * 2, called=f"the output of {called}", idea=exact)


@pytest.mark.beyond
def test_any_shape():
    """A scalar and an empty batch are added, too.

    The input is all elements of a tensor of any shape. A scalar has one, an empty batch none, and
    the sum of none is 0.
    """
    for inputs, expected in ((0.5, 0.5), (np.zeros([0, 3]), 0.0), (np.ones([2, 3, 5]), 30.0)):
        layer, inputs = RunningTotal(), tf.constant(inputs, tf.float32)
        called = f"a call with a tensor of shape {tuple(inputs.shape)}, whose sum is {expected}"
        with expect.works(called):
            layer(inputs)
        check_total(layer, expected, called)


@pytest.mark.beyond
def test_the_total_is_computed_in_float32():
    """The total is computed in float32, whatever the dtype of the layer and its input.

    In float16 the next number after 2048 is 2050. A layer with a half-precision policy gets its
    inputs in that dtype. Within a call, Keras also shows it its weights so, if nobody objects.
    """
    for policy, dtype in (
        ("mixed_float16", "float16"),
        ("float16", "float16"),
        ("mixed_bfloat16", "bfloat16"),
        ("float64", "float64"),
    ):
        layer = RunningTotal(dtype=policy)
        with expect.works(f"calls of a layer with dtype='{policy}'"):
            output = layer(tf.constant([[2048.0, 1.0]], dtype))
            for _ in range(3):
                layer(tf.constant([[1.0]], dtype))
        called = f"[2048, 1], 1, 1 and 1, with dtype='{policy}'"
        idea = None if near(layer.total, 2052.0) else ""
        check_total(layer, 2052.0, called, idea=idea, tolerance=0)
        called = f"the output for a {dtype} input, with dtype='{policy}'"
        own = "Only the total has a dtype of its own. The layer hands on what it gets."
        expect.tensor(output, tf.constant([[2048.0, 1.0]], dtype), called=called, idea=own)
        layer, called = RunningTotal(dtype=policy), f"[[2049]] in int32, with dtype='{policy}'"
        with expect.works(f"a call with {called}"):
            layer(tf.constant([[2049]]))
        idea = None if near(layer.total, 2049.0) else ""
        check_total(layer, 2049.0, called, idea=idea, tolerance=0)


@pytest.mark.beyond
def test_nan_stays_until_reset():
    """NaN makes the total NaN, until reset, and is handed on.

    A total without the NaN would look right and be wrong. Whatever is computed from NaN is NaN,
    so a reset has to forget the old value.
    """
    for number in np.inf, np.nan:
        layer, inputs = RunningTotal(), np.array([[1.0, number, 3.0]], "float32")
        called = f"a call with [[1.0, {number}, 3.0]]"
        with expect.works(called):
            output = layer(inputs)
        check_total(layer, number, called)
        if np.isnan(number):
            later = f"{called}, and one with [[1.0, 2.0, 3.0]]"
            with expect.works(later):
                layer(X)
            check_total(layer, number, later)
        listens = "The layer only listens: it hands on what it got."
        expect.tensor(output, inputs, called=f"the output of {called}", idea=listens)
        with expect.works("reset()"):
            layer.reset()
        check_total(layer, 0.0, f"reset(), which was {number}")


@pytest.mark.beyond
def test_arguments_of_every_layer():
    """Name, dtype and trainable act as in every Keras layer.

    What a layer is given beside its own arguments is for the base class. It acts on them, and puts
    them into the config.
    """
    given = "RunningTotal(name='second', dtype='mixed_float16', trainable=False)"
    with expect.works(given):
        layer = RunningTotal(name="second", dtype="mixed_float16", trainable=False)
    seen = [layer.name, layer.dtype_policy.name, layer.trainable]
    expect.same(seen, ["second", "mixed_float16", False], called=f"what {given} has of them")
    called = f"{given}.get_config()"
    with expect.works(called):
        config = layer.get_config()
        dtype = keras.dtype_policies.get(config.get("dtype")).name
    seen = [config.get("name"), dtype, config.get("trainable")]
    expect.same(seen, ["second", "mixed_float16", False], called=f"what {called} has of them")
    expect.same(RunningTotal().trainable, True, called="RunningTotal().trainable")
    called = f"[[1.0, 2.0]], in {given}"
    with expect.works(called):
        layer(tf.constant([[1.0, 2.0]], tf.float16))
    counted = "`trainable` says what gradients may change. A total is counted, not trained."
    check_total(layer, 3.0, called, idea=counted)
