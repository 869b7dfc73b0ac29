"""What TensorFlow and Keras do about state: tensors, variables and the weights of a layer."""

import keras
import numpy as np
import pytest
import tensorflow as tf

X = np.array([[1.0, 2.0, 3.0]], "float32")


class Rebinding(keras.layers.Layer):
    """The layer of the scenario: its state is an attribute that is bound to a new tensor."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.total = tf.zeros(())

    def call(self, inputs):
        self.total = self.total + tf.reduce_sum(inputs)
        return inputs


class Bare(keras.layers.Layer):
    """The usual repair: a tf.Variable as an attribute."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.total = tf.Variable(0.0)

    def call(self, inputs):
        self.total.assign_add(tf.reduce_sum(inputs))
        return inputs


def test_a_tensor_cannot_be_written():
    """A tensor has no item assignment and no assign; `t += 1` binds the name to a new tensor."""
    tensor = tf.constant([1.0, 2.0])
    with pytest.raises(TypeError, match="item assignment"):
        tensor[0] = 9.0
    assert not hasattr(tensor, "assign")
    other_name = tensor
    tensor += 1.0
    assert other_name.numpy().tolist() == [1.0, 2.0]


def test_numpy_gives_a_copy_of_a_tensor():
    """Writing to the array that `.numpy()` returns does not reach the tensor."""
    tensor = tf.constant([1.0, 2.0])
    tensor.numpy()[0] = 9.0
    assert tensor.numpy().tolist() == [1.0, 2.0]


def test_a_variable_is_written_as_a_whole_or_in_part():
    """Beside assign, assign_add and assign_sub there are slices and scatters."""
    variable = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    variable[0].assign([5.0, 6.0])
    variable.scatter_nd_update([[1]], [[7.0, 8.0]])
    assert variable.numpy().tolist() == [[5.0, 6.0], [7.0, 8.0]]
    with pytest.raises(TypeError, match="item assignment"):
        variable[0] = [0.0, 0.0]


def test_a_variable_has_a_fixed_dtype_and_shape():
    """A tf.Variable of float32 takes Python integers, but no int32 tensor and no other shape."""
    variable = tf.Variable(0.0)
    variable.assign(3)
    with pytest.raises(ValueError, match="float32"):
        variable.assign(tf.constant(3))
    with pytest.raises(ValueError, match="shape"):
        variable.assign([1.0, 2.0])


def test_a_python_integer_makes_an_int32_variable():
    """tf.Variable(0) is an int32."""
    assert tf.Variable(0).dtype == tf.int32


def test_assign_add_returns_the_variable_in_eager_mode():
    """What tf.Variable.assign_add returns in eager mode moves with the variable."""
    variable = tf.Variable(0)
    first = variable.assign_add(1)
    variable.assign_add(1)
    assert isinstance(first, tf.Variable)
    assert int(first) == 2

    @tf.function
    def twice():
        one, other = variable.assign_add(1), variable.assign_add(1)
        return tf.convert_to_tensor(one), tf.convert_to_tensor(other)

    assert [int(count) for count in twice()] == [4, 4]  # both are read after both writes
    variable.assign(2)
    compiled = tf.function(lambda: variable.assign_add(1))
    assert tf.is_tensor(compiled()) and not isinstance(compiled(), tf.Variable)


def test_a_snapshot_is_read_before_later_assignments():
    """In a tf.function, tf.identity reads a variable before the assignments that follow it."""
    variable = tf.Variable(1.0)

    @tf.function
    def step():
        before = tf.identity(variable)
        alias = variable
        variable.assign_add(1.0)
        return before, tf.identity(alias)

    assert [float(x) for x in step()] == [1.0, 2.0]


def test_numpy_is_not_there_while_tracing():
    """Neither a tensor nor a variable has a NumPy value while a graph is traced."""
    variable = tf.Variable(1.0)
    with pytest.raises(AttributeError, match="numpy"):
        tf.function(lambda x: x.numpy())(tf.ones([2]))
    with pytest.raises(NotImplementedError, match="numpy"):
        tf.function(lambda: variable.numpy())()


def test_rebinding_an_attribute_works_in_eager_mode():
    """In eager mode, `self.total = self.total + ...` adds up."""
    layer = Rebinding()
    layer(X)
    assert float(layer.total) == 6.0
    layer(X)
    assert float(layer.total) == 12.0


def test_a_float32_state_does_not_take_integers():
    """Keras does not cast an integer input; float32 plus int32 is an error."""
    integers = tf.constant([[1, 2, 3]])
    with pytest.raises(tf.errors.InvalidArgumentError, match="int32"):
        Rebinding()(integers)
    with pytest.raises(ValueError, match="int32"):
        Bare()(integers)


def test_rebinding_an_attribute_in_a_graph_leaks_a_symbolic_tensor():
    """In a tf.function calls go on without an error, and the attribute holds no value."""
    layer = Rebinding()
    compiled = tf.function(layer)
    for _ in range(3):
        compiled(X)
    assert tf.is_symbolic_tensor(layer.total)
    with pytest.raises(AttributeError, match="numpy"):
        layer.total.numpy()
    with pytest.raises(TypeError, match="out of scope"):
        layer(X)


def test_rebinding_an_attribute_stops_fit():
    """Building a model leaks a symbolic tensor, so that fit raises instead of counting 0."""
    model = keras.Sequential([keras.Input([3]), Rebinding()])
    assert tf.is_symbolic_tensor(model.layers[0].total)
    model.compile(loss="mse")
    with pytest.raises(TypeError, match="out of scope"):
        model.fit(X, X, verbose=0)


def test_a_bare_tf_variable_counts_everywhere():
    """A tf.Variable with assign_add counts in eager mode, in a graph, in fit and in predict."""
    model = keras.Sequential([keras.Input([3]), Bare(), keras.layers.Dense(1)])
    total = model.layers[0].total
    model(X)
    tf.function(model)(X)
    assert float(total) == 12.0
    model.compile("sgd", "mse")
    model.fit(np.ones([4, 3]), np.ones([4, 1]), batch_size=2, epochs=2, verbose=0)
    assert float(total) == 36.0
    model.predict(np.ones([4, 3]), batch_size=2, verbose=0)
    assert float(total) == 48.0


def test_keras_does_not_track_a_bare_tf_variable():
    """A tf.Variable in an attribute is no weight of a Keras 3 layer."""
    layer = Bare()
    layer(X)
    assert layer.weights == []
    assert layer.count_params() == 0


def test_a_bare_tf_variable_is_lost_on_saving(tmp_path):
    """Neither .weights.h5 nor .keras has it, and loading does not say so."""

    def make_model():
        return keras.Sequential([keras.Input([3]), Bare()])

    model = make_model()
    model(X)
    model.save_weights(tmp_path / "a.weights.h5")
    again = make_model()
    again.load_weights(tmp_path / "a.weights.h5")
    assert float(again.layers[0].total) == 0.0
    model.save(tmp_path / "a.keras")
    again = keras.models.load_model(tmp_path / "a.keras", custom_objects={"Bare": Bare})
    assert float(again.layers[0].total) == 0.0


def test_a_checkpoint_has_a_bare_tf_variable(tmp_path):
    """tf.train.Checkpoint follows attributes and finds the tf.Variable."""
    layer = Bare()
    path = tf.train.Checkpoint(layer=layer).write(str(tmp_path / "a"))
    names = [name for name, _ in tf.train.list_variables(path)]
    assert "layer/total/.ATTRIBUTES/VARIABLE_VALUE" in names


def test_a_variable_is_trainable_unless_told_otherwise():
    """tf.Variable and add_weight make trainable variables, which every tape watches."""
    layer = Bare()
    with tf.GradientTape() as tape:
        layer(X)
    assert len(tape.watched_variables()) == 1
    assert keras.layers.Layer().add_weight(shape=()).trainable


def test_a_layers_weight_is_no_tf_variable():
    """A keras.Variable is no tf.Variable and has no read_value; tf.identity reads both."""
    weight = keras.layers.Layer().add_weight(shape=(2,), initializer="ones")
    assert isinstance(weight, keras.Variable)
    assert not isinstance(weight, tf.Variable)
    assert not hasattr(weight, "read_value")
    assert tf.identity(weight).numpy().tolist() == [1.0, 1.0]


def test_a_tensor_does_not_replace_a_weight():
    """A weight's attribute can be bound to a tensor; the weight stays in layer.weights."""
    layer = keras.layers.Layer()
    layer.total = layer.add_weight(shape=(), initializer="zeros")
    layer.total = layer.total + 6.0
    assert float(layer.total) == 6.0
    assert [float(weight.value) for weight in layer.weights] == [0.0]


def test_state_is_not_added_in_call():
    """add_weight in call is refused, already in eager mode."""

    class Late(keras.layers.Layer):
        def call(self, inputs):
            self.add_weight(shape=(), initializer="zeros")
            return inputs

    with pytest.raises(ValueError, match="cannot add new elements of state"):
        Late()(X)


@pytest.mark.parametrize(("autocast", "seen"), [(True, 2048.0), (False, 2051.0)])
def test_autocast_shows_a_weight_in_half_precision(autocast, seen):
    """In a call of a mixed_float16 layer a float32 weight reads as float16, unless told not to."""

    class Sum(keras.layers.Layer):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.total = self.add_weight(
                shape=(), initializer="zeros", dtype="float32", trainable=False, autocast=autocast
            )

        def call(self, inputs):
            dtypes.add(tf.convert_to_tensor(self.total).dtype)
            self.total.assign_add(tf.reduce_sum(inputs))
            return inputs

    dtypes = set()
    layer = Sum(dtype="mixed_float16")
    for amount in (2048.0, 1.0, 1.0, 1.0):
        layer(np.array([amount], "float32"))
    assert dtypes == {tf.float16 if autocast else tf.float32}
    assert float(layer.total.value) == seen


def test_a_metric_starts_anew_with_every_epoch(tmp_path):
    """fit resets the metrics inside of layers, and no weights file has their state."""

    class Summing(keras.layers.Layer):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.sum = keras.metrics.Sum()

        def call(self, inputs):
            self.sum.update_state(inputs)
            return inputs

    def make_model():
        return keras.Sequential([keras.Input([3]), Summing(), keras.layers.Dense(1)])

    model = make_model()
    model.compile("sgd", "mse")
    model.fit(np.ones([4, 3]), np.ones([4, 1]), batch_size=2, epochs=2, verbose=0)
    assert float(model.layers[0].sum.result()) == 12.0
    model.save_weights(tmp_path / "a.weights.h5")
    again = make_model()
    again.load_weights(tmp_path / "a.weights.h5")
    assert float(again.layers[0].sum.result()) == 0.0


def test_a_python_number_counts_traces():
    """A Python number that a tf.function changes is a constant of each trace."""
    calls = 0

    @tf.function
    def count(x):
        nonlocal calls
        calls += 1
        return tf.constant(calls)

    assert [int(count(tf.ones([rows]))) for rows in (2, 2, 3, 2)] == [1, 1, 2, 1]


def test_a_python_number_in_a_layer_counts_two_in_fit():
    """Once when the model is built, once when fit is traced: never once per batch."""

    class Counting(keras.layers.Layer):
        calls = 0

        def call(self, inputs):
            Counting.calls += 1
            return inputs

    model = keras.Sequential([keras.Input([3]), Counting(), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    model.fit(np.ones([8, 3]), np.ones([8, 1]), batch_size=2, epochs=3, verbose=0)
    assert Counting.calls == 2


def test_a_tf_function_refuses_a_variable_of_each_call():
    """A tf.function may make variables in its first call only; otherwise it raises."""

    @tf.function
    def count():
        return tf.Variable(0).assign_add(1)

    with pytest.raises(ValueError, match="singleton"):
        count()


def test_a_first_call_that_makes_variables_traces_twice():
    """The first call of a tf.function that makes its variables runs the Python body twice."""
    kept, traces = [], []

    @tf.function
    def count():
        traces.append(1)
        if not kept:
            kept.append(tf.Variable(0))
        return kept[0].assign_add(1)

    assert [int(count()), int(count())] == [1, 2]
    assert len(traces) == 2


def test_a_layer_needs_kwargs_to_be_loaded(tmp_path):
    """load_model hands name and dtype to a constructor that may not take them."""

    class Plain(keras.layers.Layer):
        def __init__(self):
            super().__init__()

        def call(self, inputs):
            return inputs

    keras.Sequential([keras.Input([3]), Plain()]).save(tmp_path / "a.keras")
    with pytest.raises(TypeError, match="Plain"):
        keras.models.load_model(tmp_path / "a.keras", custom_objects={"Plain": Plain})


def test_a_py_function_is_a_token_in_the_graph():
    """The graph has the name of an entry in this process; the Python function stays outside."""

    @tf.function
    def one():
        return tf.py_function(lambda: 1, [], tf.int32)

    nodes = one.get_concrete_function().graph.as_graph_def().node
    (call,) = [node for node in nodes if node.op == "EagerPyFunc"]
    assert call.attr["token"].s.startswith(b"pyfunc_")


def test_keras_3_has_no_add_update():
    """A layer of Keras 3 registers no updates."""

    class Registering(keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.total = self.add_weight(shape=(), initializer="zeros", trainable=False)

        def call(self, inputs):
            self.add_update(self.total.assign_add(tf.reduce_sum(inputs)))
            return inputs

    with pytest.raises(AttributeError, match="add_update"):
        Registering()(X)


def test_the_name_of_a_weight_is_a_keyword():
    """add_weight has the shape as its first argument, and says so."""
    with pytest.raises(ValueError, match="`name` must be passed as a keyword"):
        keras.layers.Layer().add_weight("total", shape=())


class Weight(keras.layers.Layer):
    """State that Keras makes, saves and keeps out of training."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.total = self.add_weight(shape=(), initializer="zeros", trainable=False)

    def call(self, inputs):
        self.total.assign_add(tf.reduce_sum(inputs))
        return inputs


class Metric(keras.layers.Layer):
    """State in a metric."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.sum = keras.metrics.Sum()

    @property
    def total(self):
        return self.sum.result()

    def call(self, inputs):
        self.sum.update_state(inputs)
        return inputs


class Number(keras.layers.Layer):
    """A Python number that counts calls."""

    total = 0.0

    def call(self, inputs):
        self.total = self.total + 1.0
        return inputs


@pytest.mark.parametrize(
    ("kind", "two_calls", "kept", "watched"),
    [
        (Rebinding, 12.0, None, 0),  # a model of it cannot be called: see above
        (Number, 2.0, False, 0),
        (Metric, 12.0, False, 0),
        (Bare, 12.0, False, 1),
        (Weight, 12.0, True, 0),
    ],
)
def test_the_table_of_states(kind, two_calls, kept, watched, tmp_path):
    """What becomes of a layer's state: eagerly, in a weights file, and before a tape."""
    layer = kind()
    with tf.GradientTape() as tape:
        layer(X)
        layer(X)
    assert float(layer.total) == two_calls
    assert len(tape.watched_variables()) == watched
    if kept is None:
        return
    model, again = (keras.Sequential([keras.Input([3]), kind()]) for _ in range(2))
    before = float(again.layers[0].total)
    model(X)
    model.save_weights(tmp_path / "a.weights.h5")
    again.load_weights(tmp_path / "a.weights.h5")
    after = float(again.layers[0].total)
    assert after == (float(model.layers[0].total) if kept else before)
