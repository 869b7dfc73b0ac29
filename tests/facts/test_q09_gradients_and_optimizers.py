"""What TensorFlow and Keras do: gradient tapes, variables in optimizers."""

import keras
import numpy as np
import pytest
import tensorflow as tf


def watched_while(use, **options):
    with tf.GradientTape(**options) as tape:
        use()
    return tape.watched_variables()


def test_a_tape_does_not_watch_a_tensor_by_itself():
    """A tensor that was not watched has the gradient None; watched, it has one."""
    x = tf.constant(3.0)
    with tf.GradientTape() as tape:
        y = x * x
    assert tape.gradient(y, x) is None
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * x
    assert float(tape.gradient(y, x)) == 6.0


def test_watching_after_the_use_is_too_late():
    """What was computed before tape.watch is not recorded."""
    x = tf.constant(3.0)
    with tf.GradientTape() as tape:
        y = x * x
        tape.watch(x)
    assert tape.gradient(y, x) is None


def test_watching_a_reading_does_not_watch_the_variable():
    """A tensor read from a variable is another source than the variable, read again."""
    v = tf.Variable(3.0, trainable=False)
    with tf.GradientTape(persistent=True) as tape:
        reading = tf.convert_to_tensor(v)
        tape.watch(reading)
        y = v * v
    assert tape.gradient(y, reading) is None
    assert tape.gradient(y, v) is None


def test_intermediate_tensors_need_no_watch():
    """What was computed from something watched can be a source."""
    v = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        middle = 3.0 * v
        y = middle * middle
    assert float(tape.gradient(y, middle)) == 12.0


def test_a_tape_watches_only_trainable_variables():
    """A variable with trainable=False is not watched unless tape.watch says so."""
    v, frozen = tf.Variable(2.0), tf.Variable(2.0, trainable=False)
    (only,) = watched_while(lambda: v * frozen)
    assert only is v
    with tf.GradientTape() as tape:
        tape.watch(frozen)
        y = frozen * frozen
    assert float(tape.gradient(y, frozen)) == 4.0


def test_a_tape_can_be_told_not_to_watch():
    """With watch_accessed_variables=False, trainable variables are not watched either."""
    v = tf.Variable(2.0)
    assert watched_while(lambda: v * v, watch_accessed_variables=False) == ()


def test_an_integer_variable_is_watched_and_has_no_gradient():
    """The gradient with respect to an integer variable is None."""
    v = tf.Variable(2)
    with tf.GradientTape() as tape:
        y = v * v
    assert len(tape.watched_variables()) == 1
    assert tape.gradient(y, v) is None


def test_unconnected_is_none_unless_zeros_are_asked_for():
    """A source that the target does not depend on has the gradient None, or zeros."""
    used, unused = tf.Variable(2.0), tf.Variable(tf.ones([2, 3], "float64"))
    with tf.GradientTape(persistent=True) as tape:
        y = used * used
    assert tape.gradient(y, unused) is None
    zeros = tape.gradient(y, unused, unconnected_gradients="zero")
    assert zeros.dtype == tf.float64 and zeros.shape == (2, 3) and not np.any(zeros)


def test_a_watched_variable_that_is_no_source_is_differentiated_all_the_same():
    """The backward pass runs through all that was recorded, not only towards the sources."""
    passes = []

    @tf.custom_gradient
    def spy(x):
        def gradient(upstream):
            passes.append(upstream)
            return upstream

        return tf.identity(x), gradient

    head, backbone = tf.Variable(3.0), tf.Variable(4.0)
    for watch_all, expected in ((True, 1), (False, 0)):
        passes.clear()
        with tf.GradientTape(watch_accessed_variables=watch_all) as tape:
            tape.watch(head)
            y = head * spy(tf.convert_to_tensor(backbone))
        assert float(tape.gradient(y, head)) == 4.0
        assert len(passes) == expected


def test_a_keras_variable_holds_a_tf_variable():
    """A keras.Variable is no tf.Variable; its value is one. A tape cannot watch the outer one."""
    outer = keras.Variable(3.0)
    assert not isinstance(outer, tf.Variable)
    assert isinstance(outer.value, tf.Variable)
    with tf.GradientTape() as tape, pytest.raises(ValueError, match=r"not tf\.Tensor or"):
        tape.watch(outer)
    with tf.GradientTape() as tape:
        y = outer * outer
    (only,) = tape.watched_variables()
    assert only is outer.value
    assert float(tape.gradient(y, outer)) == 6.0


def test_a_keras_variable_made_frozen_is_not_watched():
    """trainable=False at creation reaches the tf.Variable inside."""
    frozen = keras.Variable(3.0, trainable=False)
    assert frozen.value.trainable is False
    assert watched_while(lambda: frozen * frozen) == ()


def test_a_layer_frozen_later_is_still_watched():
    """layer.trainable = False empties trainable_variables; the tape goes on watching."""
    layer = keras.layers.Dense(1)
    layer.build([None, 2])
    layer.trainable = False
    assert layer.trainable_variables == []
    assert layer.kernel.trainable is False and layer.kernel.value.trainable is True
    assert len(watched_while(lambda: layer(tf.ones([1, 2])))) == 2


def test_fit_asks_for_the_gradients_of_trainable_variables_only():
    """A layer that was frozen before compile keeps its weights in fit."""
    frozen = keras.layers.Dense(1, kernel_initializer="ones")
    model = keras.Sequential([keras.Input([1]), frozen, keras.layers.Dense(1)])
    frozen.trainable = False
    model.compile(keras.optimizers.SGD(0.1), "mse", jit_compile=False)
    before = [weight.copy() for weight in model.get_weights()]
    model.fit(np.ones([1, 1]), np.ones([1, 1]), verbose=0)
    unchanged = [np.array_equal(*pair) for pair in zip(before, model.get_weights(), strict=True)]
    assert unchanged == [True, True, False, False]


def test_the_gradient_of_a_lookup_is_indexed_slices():
    """tf.gather from a variable has a tf.IndexedSlices as its gradient."""
    table = tf.Variable(tf.ones([5, 2]))
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(tf.gather(table, [1, 1]))
    gradient = tape.gradient(y, table)
    assert isinstance(gradient, tf.IndexedSlices)
    np.testing.assert_array_equal(tf.convert_to_tensor(gradient)[1], [2.0, 2.0])


def test_plus_equals_on_a_tf_variable_is_an_error():
    """A tf.Variable refuses += and names assign_add."""
    v = tf.Variable(1.0)
    with pytest.raises(RuntimeError, match="assign_add"):
        v += 1.0


def test_plus_equals_on_a_keras_variable_makes_a_tensor():
    """The name is bound to a tensor; the variable keeps its value."""
    k = variable = keras.Variable(1.0)
    k += 1.0
    assert isinstance(k, tf.Tensor) and float(k) == 2.0
    assert float(variable.value) == 1.0


def test_a_tape_watches_a_raw_variable_that_keras_does_not_count():
    """A tf.Variable as an attribute of a Keras layer: no weight of the layer, but watched."""

    class Raw(keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.total = tf.Variable(0.0)

        def call(self, inputs):
            return inputs + self.total

    layer = Raw()
    (only,) = watched_while(lambda: layer(tf.ones([1])))
    assert only is layer.total
    assert layer.weights == []


class Slots(keras.optimizers.Optimizer):
    """m = 0.9 * m + g, w -= learning_rate * m, with slots of any kind."""

    def make(self, variable):
        return self.add_variable_from_reference(variable, "m")

    def build(self, variables):
        super().build(variables)
        self.slots = [self.make(v) for v in variables]

    def update_step(self, gradient, variable, learning_rate):
        i = self._get_variable_index(variable)
        new = 0.9 * self.slots[i] + gradient
        if isinstance(self.slots[i], (tf.Variable, keras.Variable)):
            self.slots[i].assign(new)
        else:
            self.slots[i] = new
        variable.assign_sub(learning_rate * new)


class TensorSlots(Slots):
    def make(self, variable):
        return tf.zeros(variable.shape)


class RawSlots(Slots):
    def make(self, variable):
        return tf.Variable(tf.zeros(variable.shape), trainable=False)


class KerasSlots(Slots):
    def make(self, variable):
        return keras.Variable(tf.zeros(variable.shape), trainable=False)


class ArraySlots(Slots):
    def make(self, variable):
        return np.zeros(variable.shape, "float32")

    def update_step(self, gradient, variable, learning_rate):
        i = self._get_variable_index(variable)
        self.slots[i] = 0.9 * self.slots[i] + gradient.numpy()
        variable.assign_sub(learning_rate * self.slots[i])


def the_output(y, output):
    """A loss whose gradient with respect to the weight is the input."""
    return output


def compiled_model(optimizer):
    layer = keras.layers.Dense(1, use_bias=False, kernel_initializer="ones")
    model = keras.Sequential([keras.Input([1]), layer])
    model.compile(optimizer, the_output, jit_compile=False)
    return model


def saved_and_loaded(model, folder):
    model.save(folder / "model.keras")
    names = {"the_output": the_output, type(model.optimizer).__name__: type(model.optimizer)}
    return keras.models.load_model(folder / "model.keras", custom_objects=names)


def fit(model, steps):
    """Steps with the gradient 1; the weight after them."""
    model.fit(np.ones([steps, 1]), np.ones([steps, 1]), batch_size=1, verbose=0)
    return model.get_weights()[0].item()


def eager(optimizer, weight, steps):
    for _ in range(steps):
        optimizer.apply([tf.ones(weight.shape)], [weight])
    return float(tf.reduce_sum(weight))


THREE = 1.0 - 0.1 * (1.0 + 1.9 + 2.71)
PLAIN = 1.0 - 0.1 * 3


def test_in_an_eager_loop_any_slots_will_do():
    """Variables, tensors and NumPy arrays in a list: all right, eagerly."""
    kinds = Slots, KerasSlots, RawSlots, TensorSlots, ArraySlots
    seen = [eager(kind(0.1), keras.Variable(1.0), 3) for kind in kinds]
    np.testing.assert_allclose(seen, [THREE] * 5, rtol=1e-5)


def test_in_fit_variables_carry_the_velocity():
    """Variables of both kinds carry it from batch to batch."""
    seen = [fit(compiled_model(kind(0.1)), 3) for kind in (Slots, KerasSlots, RawSlots)]
    np.testing.assert_allclose(seen, [THREE] * 3, rtol=1e-5)


def test_in_fit_tensor_slots_are_plain_gradient_descent():
    """No error; every step starts from the zeros of the time of tracing."""
    assert np.isclose(fit(compiled_model(TensorSlots(0.1)), 3), PLAIN)


def test_in_fit_array_slots_are_an_error():
    """A gradient in a graph has no numpy()."""
    with pytest.raises(AttributeError, match="numpy"):
        fit(compiled_model(ArraySlots(0.1)), 3)


@pytest.mark.parametrize(("kind", "kept"), [(Slots, True), (KerasSlots, True), (RawSlots, False)])
def test_only_what_keras_tracks_is_saved(kind, kept, tmp_path):
    """Raw tf.Variables are not in optimizer.variables and are zero after load_model."""
    model = compiled_model(kind(0.1))
    model.optimizer.build(model.trainable_variables)
    eager(model.optimizer, model.weights[0], 3)
    assert len(model.optimizer.variables) == (3 if kept else 2)  # iterations, learning rate
    loaded = saved_and_loaded(model, tmp_path)
    assert np.isclose(float(tf.reduce_sum(loaded.optimizer.slots[0])), 2.71 if kept else 0.0)


def test_load_model_builds_the_optimizer_before_any_step(tmp_path):
    """Variables that the first step makes are not there when load_model fills them."""

    class Late(keras.optimizers.Optimizer):
        def update_step(self, gradient, variable, learning_rate):
            if not hasattr(self, "slot"):
                self.slot = self.add_variable(variable.shape)
            self.slot.assign_add(gradient)

    model = compiled_model(Late(0.1))
    eager(model.optimizer, model.weights[0], 3)
    with pytest.warns(UserWarning, match="Skipping variable loading for optimizer"):
        loaded = saved_and_loaded(model, tmp_path)
    assert int(loaded.optimizer.iterations) == 0


def test_update_step_gets_the_tf_variable():
    """Not the keras.Variable that build was given; names do not tell weights apart."""
    built, updated = [], []

    class Spy(keras.optimizers.Optimizer):
        def build(self, variables):
            super().build(variables)
            built.extend(variables)

        def update_step(self, gradient, variable, learning_rate):
            updated.append(variable)

    weights = [keras.Variable(1.0, name="kernel"), keras.Variable(2.0, name="kernel")]
    Spy(0.1).apply([tf.constant(1.0)] * 2, weights)
    assert all(isinstance(v, keras.Variable) for v in built)
    assert [a is b.value for a, b in zip(updated, weights, strict=True)] == [True, True]
    assert updated[0].name == updated[1].name


def test_the_kernels_of_all_dense_layers_have_one_name():
    """A weight's name is that of its role in the layer."""
    layers = keras.layers.Dense(1), keras.layers.Dense(1)
    for layer in layers:
        layer.build([None, 2])
    assert [layer.kernel.name for layer in layers] == ["kernel", "kernel"]


def test_add_variable_is_float32_by_default():
    """add_variable_from_reference takes the dtype of the weight, add_variable does not."""
    optimizer, weight = Slots(0.1), keras.Variable([1.0], dtype="float64")
    assert optimizer.add_variable([1]).dtype == "float32"
    assert optimizer.add_variable_from_reference(weight, "m").dtype == "float64"
    (slot,) = optimizer.add_optimizer_variables([weight], "m")
    assert slot.dtype == "float64"


def test_keras_sgd_has_the_learning_rate_in_the_velocity():
    """After the learning rate was lowered, SGD goes on with steps taken at the old one."""
    ours, theirs = Slots(0.1), keras.optimizers.SGD(0.1, momentum=0.9)
    weights = keras.Variable(1.0), keras.Variable(1.0)
    seen = []
    for optimizer, weight in zip((ours, theirs), weights, strict=True):
        before = eager(optimizer, weight, 3)
        optimizer.learning_rate = 0.01
        seen.append((before, eager(optimizer, weight, 1)))
    np.testing.assert_allclose([before for before, _ in seen], [THREE, THREE], rtol=1e-5)
    np.testing.assert_allclose(seen[0][1], THREE - 0.01 * 3.439, rtol=1e-5)
    np.testing.assert_allclose(seen[1][1], THREE - 0.9 * 0.271 - 0.01, rtol=1e-5)


def test_a_slot_of_keras_2_is_a_type_error():
    """The arguments of add_variable_from_reference have other names than in Keras 2."""
    with pytest.raises(TypeError, match="model_variable"):
        Slots(0.1).add_variable_from_reference(
            model_variable=keras.Variable(1.0), variable_name="m"
        )


def test_update_step_gets_the_learning_rate():
    """An update_step of Keras 2, without it, is a TypeError."""

    class Old(keras.optimizers.Optimizer):
        def update_step(self, gradient, variable):
            variable.assign_sub(0.1 * gradient)

    with pytest.raises(TypeError, match="positional arguments"):
        Old(0.1).apply([tf.constant(1.0)], [keras.Variable(1.0)])


def test_lr_is_not_recognized():
    """The argument is called learning_rate."""
    with pytest.raises(ValueError, match=r"not recognized: \{'lr'"):
        keras.optimizers.SGD(lr=0.1)
