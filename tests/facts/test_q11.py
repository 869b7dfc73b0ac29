"""What Keras does about the three ways to write a model: Sequential, functional, subclass."""

import warnings

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import Input, Sequential, layers, ops

X = np.random.default_rng(0).normal(size=(5, 3)).astype("float32")


class Plain(keras.Model):
    """A subclass without build and get_config."""

    def __init__(self, units=2, **kwargs):
        super().__init__(**kwargs)
        self.layers_in_order = [layers.Dense(4, activation="relu"), layers.Dense(units)]

    def call(self, inputs):
        for layer in self.layers_in_order:
            inputs = layer(inputs)
        return inputs


class Halve(keras.Model):
    def call(self, x):
        while tf.reduce_max(x) > 1.0:
            x = x / 2.0
        return x


class CompiledHalve(keras.Model):
    @tf.function
    def call(self, x):
        while tf.reduce_max(x) > 1.0:
            x = x / 2.0
        return x


def a_line():
    x = Input([3])
    return keras.Model(x, layers.Dense(2)(layers.Dense(4, activation="relu")(x)))


def two_in_two_out():
    a, b = Input([3], name="a"), Input([2], name="b")
    h = layers.Dense(4)(layers.Concatenate()([a, b]))
    return keras.Model({"a": a, "b": b}, {"z": layers.Dense(1)(h), "y": layers.Dense(2)(h)})


def test_all_three_are_models():
    """Sequential is a keras.Model, and so is what keras.Model(inputs, outputs) makes."""
    assert issubclass(keras.Sequential, keras.Model)
    functional = a_line()
    assert isinstance(functional, keras.Model) and type(functional) is not keras.Model
    assert type(functional).__name__ == "Functional" and not hasattr(keras, "Functional")


def test_a_subclass_may_be_functional():
    """A subclass that gives inputs and outputs to super().__init__ is a functional model."""

    class Sub(keras.Model):
        def __init__(self):
            x = Input([3])
            super().__init__(x, layers.Dense(2)(x))

    assert isinstance(Sub(), type(a_line()))


def test_a_line_is_the_same_in_both():
    """Sequential and functional compute the same with the same weights: 101,770 for 784-128-10."""
    x = Input([784])
    functional = keras.Model(
        x, layers.Dense(10, activation="softmax")(layers.Dense(128, activation="relu")(x))
    )
    sequential = Sequential(
        [
            Input([784]),
            layers.Dense(128, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    assert functional.count_params() == sequential.count_params() == 101_770
    sequential.set_weights(functional.get_weights())
    images = np.random.default_rng(0).normal(size=(4, 784)).astype("float32")
    np.testing.assert_array_equal(functional(images), sequential(images))


def test_add_and_pop_belong_to_a_sequential():
    """Only a Sequential grows and shrinks, also after it was built."""
    model = Sequential([Input([3]), layers.Dense(4)])
    model.add(layers.Dense(2))
    assert model.output_shape == (None, 2)
    model.pop()
    assert model.output_shape == (None, 4)
    assert not hasattr(a_line(), "add") and not hasattr(a_line(), "pop")


def test_a_sequential_without_input_has_no_weights():
    """Until data arrives there is nothing to count, and nothing to set."""
    model = Sequential([layers.Dense(4), layers.Dense(2)])
    assert not model.built and model.weights == []
    with pytest.raises(ValueError, match="built"):
        model.count_params()
    with pytest.raises(ValueError, match="expecting 0 weights"):
        model.set_weights([np.zeros([3, 4]), np.zeros(4), np.zeros([4, 2]), np.zeros(2)])
    model(X)
    assert len(model.weights) == 4


def test_an_unbuilt_sequential_is_saved_without_weights(tmp_path):
    """`save` of an unbuilt Sequential does not fail; it warns, and the file has no weights."""
    with pytest.warns(UserWarning, match="not yet been built"):
        Sequential([layers.Dense(4)]).save(tmp_path / "a.keras")
    assert keras.models.load_model(tmp_path / "a.keras").weights == []


def test_a_model_may_stand_in_a_sequential():
    """A residual block, made as a functional model, is a layer in a line like any other."""
    x = Input([3])
    block = keras.Model(x, layers.add([x, layers.Dense(3)(x)]))
    model = Sequential([Input([3]), block, layers.Dense(2)])
    assert model(X).shape == (5, 2) and len(model.weights) == 4


def test_a_sequential_with_two_inputs_and_two_outputs(tmp_path):
    """Between a model that joins and a model that splits, a Sequential trains, reports, reloads."""
    a, b, c = Input([3]), Input([2]), Input([4])
    join = keras.Model([a, b], layers.Concatenate()([a, b]))
    split = keras.Model(c, {"y": layers.Dense(1)(c), "z": layers.Dense(2)(c)})
    model = Sequential([join, layers.Dense(4), split])
    model.compile("sgd", loss={"y": "mse", "z": "mse"}, jit_compile=False)
    x, y = [X, X[:, :2]], {"y": np.ones([5, 1]), "z": np.ones([5, 2])}
    history = model.fit(x, y, verbose=0).history
    assert {"loss", "y_loss", "z_loss"} <= set(history)
    model.save(tmp_path / "a.keras")
    again = keras.models.load_model(tmp_path / "a.keras")
    np.testing.assert_allclose(again(x)["z"], model(x)["z"], rtol=1e-6)


def test_two_inputs_are_no_list_of_layers():
    """Two Input objects in a Sequential are an error."""
    with pytest.raises(ValueError, match="Input"):
        Sequential([Input([3]), Input([2]), layers.Dense(4)])


def test_a_sequential_loses_a_repeated_layer(tmp_path):
    """A layer that stands in a Sequential twice computes rightly, and is loaded once, silently."""
    dense = layers.Dense(3)
    model = Sequential([Input([3]), dense, dense])
    np.testing.assert_allclose(model(X), dense(dense(X)), rtol=1e-5)
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        model.save(tmp_path / "a.keras")
        again = keras.models.load_model(tmp_path / "a.keras")
    assert [len(model.layers), len(again.layers)] == [2, 1]
    assert not np.allclose(model(X), again(X))


def test_a_functional_model_keeps_a_repeated_layer(tmp_path):
    """In a functional model the same is saved as one layer and two calls of it."""
    x, dense = Input([3]), layers.Dense(3)
    model = keras.Model(x, dense(dense(x)))
    model.save(tmp_path / "a.keras")
    again = keras.models.load_model(tmp_path / "a.keras")
    assert len(again.weights) == 2
    np.testing.assert_allclose(again(X), model(X), rtol=1e-5)


def test_two_sequentials_may_share_a_layer():
    """One layer in two Sequentials is shared, as in any two models."""
    dense = layers.Dense(3)
    first, second = (Sequential([Input([3]), dense]) for _ in range(2))
    assert first.weights[0] is second.weights[0]


def test_what_layers_lists():
    """`layers` has each layer once, and no operation; only a functional one has the InputLayer."""
    x, dense = Input([3]), layers.Dense(3)
    model = keras.Model(x, dense(dense(x)) * 2.0)
    assert [type(layer).__name__ for layer in model.layers] == ["InputLayer", "Dense"]
    assert [type(step).__name__ for step in model.operations] == ["InputLayer", "Dense", "Multiply"]
    assert len(Sequential([Input([3]), layers.Dense(3)]).layers) == 1


def test_the_config_has_the_graph():
    """The config of a functional model lists every step, with the tensors that its calls take."""
    x = Input([3], name="x")
    dense = layers.Dense(3, name="dense")
    dense(Input([3]))  # a call in no model, or another one
    config = keras.Model(x, dense(dense(x)) * 2.0).get_config()["layers"]
    assert [len(step["inbound_nodes"]) for step in config] == [0, 2, 1]
    (tensor,) = config[1]["inbound_nodes"][0]["args"]
    assert tensor["config"]["keras_history"] == ["x", 0, 0]


def test_a_list_of_layers_is_not_the_network():
    """A Sequential of a model's layers leaves out operations and second calls, without an error."""
    x, dense = Input([3]), layers.Dense(3)
    model = keras.Model(x, dense(dense(x)) * 2.0)
    rebuilt = Sequential([Input([3]), *model.layers[1:]])
    assert not np.allclose(model(X), rebuilt(X))


def test_what_a_keras_tensor_refuses():
    """On a symbolic tensor, TensorFlow's functions, Python's `if` and its `for` raise; keras.ops
    and operators work."""
    x = Input([3])
    with pytest.raises(ValueError, match="KerasTensor"):
        tf.nn.relu(x)
    with pytest.raises(TypeError):
        bool(x[0, 0] > 0)
    with pytest.raises(NotImplementedError):
        list(x)
    assert ops.relu(x).shape == (x * 2.0).shape == (None, 3)


def test_keras_does_not_convert_call():
    """A Python loop over a tensor in `call` works eagerly only; a tf.function around the model does
    not help, one on `call` does."""
    x = tf.constant([[8.0]])
    assert float(Halve()(x)[0, 0]) == 1.0
    with pytest.raises(tf.errors.OperatorNotAllowedInGraphError):
        Halve().predict(x, verbose=0)
    with pytest.raises(tf.errors.OperatorNotAllowedInGraphError):
        tf.function(Halve())(x)
    assert CompiledHalve().predict(x, verbose=0).tolist() == [[1.0]]


def test_a_layer_with_a_loop_makes_a_functional_model_dynamic():
    """A functional model may hold a layer whose depth depends on the data."""

    class HalveLayer(layers.Layer):
        def call(self, x):
            return tf.while_loop(lambda x: tf.reduce_max(x) > 1.0, lambda x: [x / 2.0], [x])[0]

    x = Input([1])
    model = keras.Model(x, HalveLayer()(x))
    assert model.predict(np.array([[8.0], [3.0]]), verbose=0).tolist() == [[1.0], [0.375]]


def test_a_build_that_is_not_there_counts_as_built():
    """`build` of a subclass that has none warns, marks the model as built, and makes no weights."""
    model = Plain()
    with pytest.warns(UserWarning, match="build"):
        model.build([None, 3])
    assert model.built and model.weights == []
    model(X)
    assert len(model.weights) == 4


def test_the_first_call_of_a_subclass_builds_it():
    """A subclass without a `build` has its weights from the first call on."""
    model = Plain()
    assert model.weights == []
    model(X)
    assert len(model.weights) == 4


def test_a_subclass_has_to_be_known_to_be_loaded(tmp_path):
    """load_model needs the class of a subclass: TypeError without it."""
    model = Plain()
    model(X)
    model.save(tmp_path / "a.keras")
    with pytest.raises(TypeError, match="Could not locate class"):
        keras.models.load_model(tmp_path / "a.keras")
    again = keras.models.load_model(tmp_path / "a.keras", custom_objects={"Plain": Plain})
    np.testing.assert_allclose(again(X), model(X), rtol=1e-6)


def test_the_config_of_a_subclass_has_the_defaults():
    """A layer without a get_config records its plain arguments; a model records the defaults, and
    raises if an argument has none."""

    class Wide(layers.Layer):
        def __init__(self, units=2, **kwargs):
            super().__init__(**kwargs)

    class NoDefault(Plain):
        def __init__(self, units, **kwargs):
            super().__init__(units, **kwargs)

    assert Wide(units=7).get_config()["units"] == 7
    assert Plain(units=7).get_config()["units"] == 2
    with pytest.raises(NotImplementedError, match="get_config"):
        NoDefault(units=7).get_config()


def test_a_constructor_needs_kwargs_to_be_loaded(tmp_path):
    """load_model hands trainable and dtype to a constructor that may not take them."""

    class NoKwargs(Plain):
        def __init__(self, units=2):
            super().__init__(units)

    model = NoKwargs()
    model(X)
    model.save(tmp_path / "a.keras")
    with pytest.raises(TypeError, match="unexpected keyword"):
        keras.models.load_model(tmp_path / "a.keras", custom_objects={"NoKwargs": NoKwargs})


def test_a_lambda_layer_is_not_loaded_unasked(tmp_path):
    """load_model refuses a Lambda layer, whose code would be in the file."""
    model = Sequential([Input([3]), layers.Lambda(lambda x: x * 2.0)])
    model.save(tmp_path / "a.keras")
    with pytest.raises(ValueError, match="Lambda"):
        keras.models.load_model(tmp_path / "a.keras")


def double(x):
    return x * 2.0


def test_a_lambda_with_a_named_function_needs_that_function(tmp_path):
    """A named function in a Lambda is found by custom_objects; safe_mode=False alone does not."""
    model = Sequential([Input([3]), layers.Lambda(double)])
    model.save(tmp_path / "a.keras")
    with pytest.raises(TypeError, match="could not be deserialized"):
        keras.models.load_model(tmp_path / "a.keras", safe_mode=False)
    again = keras.models.load_model(tmp_path / "a.keras", custom_objects={"double": double})
    np.testing.assert_allclose(again(X), 2.0 * X)
    Sequential([Input([3]), layers.Lambda(lambda x: x * 2.0)]).save(tmp_path / "b.keras")
    again = keras.models.load_model(tmp_path / "b.keras", safe_mode=False)
    np.testing.assert_allclose(again(X), 2.0 * X)


def test_the_outputs_of_an_inner_layer():
    """A functional model has `input`; a built Sequential has `inputs`; a subclass has neither."""
    functional = a_line()
    inner = keras.Model(functional.input, functional.layers[1].output)
    assert inner(X).shape == (5, 4)
    model = Sequential([layers.Dense(4), layers.Dense(2)])
    with pytest.raises(AttributeError, match="no defined inputs yet"):
        _ = model.inputs
    model(X)
    assert keras.Model(model.inputs, model.layers[0].output)(X).shape == (5, 4)
    with pytest.raises(AttributeError, match="never been called"):
        _ = model.input
    plain = Plain()
    plain(X)
    with pytest.raises(AttributeError, match="never been called"):
        _ = plain.layers_in_order[0].output


def test_an_inner_layer_belongs_to_the_inner_graph():
    """A layer of a model inside has an output in the graph of that model only."""
    base, x = a_line(), Input([3])
    outer = keras.Model(x, layers.Dense(1)(base(x)))
    hidden = base.layers[1].output
    with pytest.raises(ValueError, match="not connected"):
        keras.Model(outer.input, hidden)
    assert keras.Model(base.input, hidden)(X).shape == (5, 4)


def test_a_compiled_call_that_builds_keeps_the_first_weights():
    """A tf.function on `call` that makes the weights has them as constants in its graph."""

    class Compiled(keras.Model):
        def __init__(self, layer):
            super().__init__()
            self.layer = layer

        @tf.function
        def call(self, x):
            return self.layer(x)

    late, early = layers.Dense(1), layers.Dense(1)
    early.build([None, 3])
    for layer, connected in (late, False), (early, True):
        model, x = Compiled(layer), tf.constant(X)
        model(x)
        with tf.GradientTape() as tape:
            y = model(x)
        slope = tape.gradient(y, layer.kernel.value)
        assert (slope is not None) is connected
        layer.kernel.assign(tf.zeros([3, 1]))
        assert np.any(model(x) != 0.0) is np.bool_(not connected)


def test_two_layers_of_one_name_do_not_fit_into_a_model():
    """A clone has the name of the original, and a model wants each name once."""
    encoder = Sequential([Input([3]), layers.Dense(2)])
    a, b = Input([3]), Input([3])
    with pytest.raises(ValueError, match="2 times"):
        keras.Model([a, b], encoder(a) - keras.models.clone_model(encoder)(b))


def test_the_slope_of_a_norm_at_zero():
    """The gradient of sqrt, of keras.ops.norm and of tf.norm at 0 is not finite."""
    x = tf.zeros([1, 2])
    for norm in (
        lambda x: ops.sqrt(ops.sum(x * x, axis=1)),
        lambda x: ops.norm(x, axis=1),
        lambda x: tf.norm(x, axis=1),
    ):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = norm(x)
        assert not np.isfinite(tape.gradient(y, x)).any()
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = ops.sqrt(ops.maximum(ops.sum(x * x, axis=1), 1e-9))
    assert np.isfinite(tape.gradient(y, x)).all()


def test_losses_in_a_list_go_by_sorted_names():
    """With outputs in a dict, a list of losses is matched to the sorted keys, not to the order in
    which they were written."""
    model = two_in_two_out()
    model.compile("sgd", loss=["mse", "mae"], jit_compile=False)
    x, y = {"a": X, "b": X[:, :2]}, {"z": np.zeros([5, 1]), "y": np.zeros([5, 2])}
    report = model.evaluate(x, y, verbose=0, return_dict=True)
    outputs = model(x)
    assert report["y_loss"] == pytest.approx(np.mean(np.square(outputs["y"])), rel=1e-4)
    assert report["z_loss"] == pytest.approx(np.mean(np.abs(outputs["z"])), rel=1e-4)


def test_a_dict_of_inputs_wants_their_names():
    """A key that is not the name of its Input is a warning."""
    x = Input([3], name="x")
    with pytest.warns(UserWarning, match="names"):
        keras.Model({"title": x}, layers.Dense(1)(x))


def test_an_output_without_a_loss_is_not_trained():
    """An output that the dict of losses leaves out is no error; its head stays as it was."""
    model = two_in_two_out()
    model.compile("sgd", loss={"y": "mse"}, jit_compile=False)
    head = model.layers[-1] if model.layers[-1].units == 1 else model.layers[-2]
    before = head.get_weights()[0]
    x, y = {"a": X, "b": X[:, :2]}, {"z": np.ones([5, 1]), "y": np.ones([5, 2])}
    with pytest.warns(UserWarning, match="Gradients do not exist"):
        model.fit(x, y, verbose=0)
    np.testing.assert_array_equal(before, head.get_weights()[0])


def test_the_first_layer_of_a_sequential_may_take_a_list(tmp_path):
    """A Sequential that begins with a Concatenate takes a list of tensors, and trains."""
    model = Sequential([layers.Concatenate(), layers.Dense(1)])
    x = [X, X[:, :2]]
    model.compile("sgd", "mse", jit_compile=False)
    model.fit(x, np.ones([5, 1]), verbose=0)
    model.save(tmp_path / "a.keras")
    again = keras.models.load_model(tmp_path / "a.keras")
    np.testing.assert_allclose(again(x), model(x), rtol=1e-6)
