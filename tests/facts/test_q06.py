"""What tf.function does: the facts behind kata q06."""

import gc
import weakref
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from tensorflow.tsl.profiler.protobuf import xplane_pb2

from dojo.expect import ops_of


def mse(y, predictions):
    return tf.reduce_mean(tf.square(y - predictions))


def linear_model():
    return keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])


def train(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = mse(y, model(x, training=True))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply(gradients, model.trainable_variables)
    return loss


X, Y = np.ones((8, 4), "float32"), np.ones((8, 1), "float32")


def traces_of(calls, **options):
    """How often a tf.function is traced that is called with these arguments, one after another."""
    traced = []

    @tf.function(**options)
    def double(x):
        traced.append("trace")
        return x + x

    for x in calls:
        double(x)
    return len(traced)


def test_tensors_are_keyed_by_dtype_and_shape_and_python_numbers_by_value():
    """Three tensors or NumPy scalars cost one trace, three Python numbers three."""
    numbers = (1.0, 2.0, 3.0)
    assert traces_of([tf.constant(x) for x in numbers]) == 1
    assert traces_of([np.float32(x) for x in numbers]) == 1
    assert traces_of(numbers) == 3
    assert traces_of([True, False, True]) == 2
    assert traces_of([tf.constant(1.0), tf.constant(1), tf.constant([1.0])]) == 3


def test_every_shape_costs_a_trace_unless_it_is_left_open():
    """Four batch sizes: 4 traces, 2 with reduce_retracing, 1 with an open signature."""
    batches = [tf.zeros([size, 4]) for size in (64, 64, 37, 12, 50)]
    assert traces_of(batches) == 4
    assert traces_of(batches, reduce_retracing=True) == 2
    assert traces_of(batches, input_signature=[tf.TensorSpec([None, 4])]) == 1


def test_reduce_retracing_does_not_generalize_python_numbers():
    """With reduce_retracing, five Python floats still cost five traces."""
    assert traces_of([0.5, 0.4, 0.3, 0.2, 0.1], reduce_retracing=True) == 5


def test_a_signature_turns_python_numbers_into_tensors():
    """With an input_signature, Python floats are converted before the call: one trace."""
    assert traces_of([0.5, 0.4, 0.3], input_signature=[tf.TensorSpec([])]) == 1


def test_a_branch_on_a_tensor_is_part_of_the_graph():
    """An `if` on a tensor is traced once, for both outcomes, into an op of the kind of tf.cond."""
    traced = []

    @tf.function
    def direction(x):
        traced.append("trace")
        if tf.reduce_sum(x) > 0:
            return 1
        return -1

    seen = [int(direction(tf.constant([x, x]))) for x in (1.0, -1.0, 2.0)]
    assert seen == [1, -1, 1]
    assert len(traced) == 1

    with_cond = tf.function(lambda x: tf.cond(tf.reduce_sum(x) > 0, lambda: 1, lambda: -1))
    kinds = {"If", "StatelessIf"}
    assert ops_of(direction.get_concrete_function(tf.TensorSpec([2]))) & kinds
    assert ops_of(with_cond.get_concrete_function(tf.TensorSpec([2]))) & kinds


def test_loops_over_tensors_are_part_of_the_graph():
    """`while` and `for` over tensors become a loop op, in a single trace."""
    traced = []

    @tf.function
    def triangle(n):
        traced.append("trace")
        total = 0
        for i in tf.range(n):
            total += i
        while total > 100:
            total -= 100
        return total

    assert [int(triangle(tf.constant(n))) for n in (3, 10, 20)] == [3, 45, 90]
    assert len(traced) == 1
    concrete = triangle.get_concrete_function(tf.TensorSpec([], tf.int32))
    assert ops_of(concrete) & {"While", "StatelessWhile"}


def test_a_python_range_is_unrolled_and_traced_per_value():
    """A loop over range(n) is run by the trace: a graph per n, larger with n."""
    traced = []

    @tf.function
    def power(x, n):
        traced.append("trace")
        for _ in range(n):
            x = x * x
        return x

    sizes = {}
    for n in (2, 20, 40):
        power(tf.constant(1.0), n)
        concrete = power.get_concrete_function(tf.constant(1.0), n)
        sizes[n] = len(concrete.graph.as_graph_def().node)
    assert len(traced) == 3
    assert sizes[40] - sizes[20] == 20


def test_without_autograph_a_tensor_has_no_truth():
    """With autograph=False, an `if` on a tensor is an error, as it was for everybody once."""

    @tf.function(autograph=False)
    def direction(x):
        return 1 if tf.reduce_sum(x) > 0 else -1

    with pytest.raises(tf.errors.OperatorNotAllowedInGraphError):
        direction(tf.constant([1.0]))


def test_python_effects_happen_while_tracing():
    """append runs once for three calls, and what it appended cannot be used outside."""
    losses = []

    @tf.function
    def step(x):
        losses.append(tf.reduce_sum(x))

    for number in (1.0, 2.0, 3.0):
        step(tf.constant([number]))
    assert len(losses) == 1
    with pytest.raises(TypeError, match="out of scope"):
        tf.stack(losses)


def test_python_values_from_outside_are_frozen_per_trace():
    """A global number is a constant of each graph; a new trace reads it again."""
    scale = 2.0

    @tf.function
    def scaled(x):
        return tf.reduce_sum(scale * x)

    seen = [float(scaled(tf.constant([1.0])))]
    scale = 10.0
    seen += [float(scaled(tf.constant([1.0]))), float(scaled(tf.constant([0.5, 0.5])))]
    assert seen == [2.0, 2.0, 10.0]


def test_attributes_are_frozen_unless_they_are_variables():
    """A compiled method reads a number or a constant tensor while tracing, a variable always."""

    class Scaler:
        @tf.function
        def __call__(self, x):
            return self.number * self.constant * self.variable * x

    scaler = Scaler()
    scaler.number, scaler.constant, scaler.variable = 1.0, tf.constant(1.0), tf.Variable(1.0)
    assert float(scaler(tf.constant(1.0))) == 1.0
    scaler.number, scaler.constant = 2.0, tf.constant(3.0)
    scaler.variable.assign(5.0)
    assert float(scaler(tf.constant(1.0))) == 5.0


def test_numpy_randomness_is_frozen():
    """np.random draws once, while tracing; tf.random draws in every run."""
    from_numpy = tf.function(lambda: tf.constant(np.random.normal()))
    from_tensorflow = tf.function(lambda: tf.random.normal([]))
    assert len({float(from_numpy()) for _ in range(3)}) == 1
    assert len({float(from_tensorflow()) for _ in range(3)}) == 3


def test_variables_may_be_made_in_the_first_call_only():
    """A variable made at every call is an error; one made if there is none yet is not."""

    @tf.function
    def always():
        return tf.Variable(1.0)

    with pytest.raises(ValueError, match=r"singleton tf.Variables created on the first call"):
        always()

    class Lazy(tf.Module):
        count = None

        @tf.function
        def __call__(self):
            if self.count is None:
                self.count = tf.Variable(0)
            return self.count.assign_add(1)

    lazy = Lazy()
    assert [int(lazy()) for _ in range(3)] == [1, 2, 3]


def test_an_unbuilt_optimizer_costs_a_second_trace():
    """Variables made in the first call, the optimizer's too, make it trace twice."""
    for build, expected in ((False, 2), (True, 1)):
        model, optimizer, traced = linear_model(), keras.optimizers.Adam(), []
        if build:
            optimizer.build(model.trainable_variables)

        @tf.function
        def step(model=model, optimizer=optimizer, append=traced.append):
            append("trace")
            return train(model, optimizer, X, Y)

        step()
        assert len(traced) == expected


def test_a_new_learning_rate_is_seen_without_a_trace():
    """The learning rate of a Keras optimizer is a variable, also after plain assignment."""
    model, optimizer, traced = linear_model(), keras.optimizers.SGD(0.1), []

    @tf.function
    def step():
        traced.append("trace")
        return train(model, optimizer, X, Y)

    step()
    before, count = model.get_weights(), len(traced)
    optimizer.learning_rate = 0.0
    step()
    assert all(map(np.array_equal, before, model.get_weights()))
    assert len(traced) == count


def test_a_graph_keeps_the_variables_it_was_traced_with():
    """After `model = another`, a step of the module goes on training the first model."""
    first, second = linear_model(), linear_model()
    model, optimizer = first, keras.optimizers.SGD(0.01)  # at 0.1, X and Y are fitted in one step

    @tf.function
    def step():
        return train(model, optimizer, X, Y)

    step()
    model = second
    weights = [m.get_weights() for m in (first, second)]
    step()
    assert not all(map(np.array_equal, weights[0], first.get_weights()))
    assert all(map(np.array_equal, weights[1], second.get_weights()))


def test_a_step_for_all_models_needs_built_optimizers():
    """Model and optimizer as arguments: the second optimizer may not make its variables there."""
    for build in (False, True):
        compiled = tf.function(train)
        pairs = [(linear_model(), keras.optimizers.Adam()) for _ in range(2)]
        for model, optimizer in pairs:
            if build:
                optimizer.build(model.trainable_variables)
        compiled(*pairs[0], X, Y)
        if build:
            compiled(*pairs[1], X, Y)
        else:
            with pytest.raises(ValueError, match=r"singleton tf.Variables"):
                compiled(*pairs[1], X, Y)


def test_a_function_made_at_every_call_is_traced_at_every_call():
    """tf.function(f)(x) in a loop traces each time: the graphs belong to the function object."""
    traced = []

    def double(x):
        traced.append("trace")
        return 2 * x

    for _ in range(3):
        tf.function(double)(tf.constant(1.0))
    assert len(traced) == 3


def test_fit_compiles_its_step():
    """Layers run in Python once in four steps of fit, with run_eagerly=True four times."""
    batches = tf.data.Dataset.from_tensors((X, Y)).repeat(2)
    for options, expected in (({}, 1), ({"run_eagerly": True}, 4)):
        runs = []

        class Spy(keras.layers.Layer):
            def call(self, x, append=runs.append):
                append("run")
                return x

        model = keras.Sequential([keras.Input((4,)), Spy(), keras.layers.Dense(1)])
        model.compile(optimizer="sgd", loss="mse", **options)
        runs.clear()
        model.fit(batches, epochs=2, shuffle=False, verbose=0)
        assert len(runs) == expected


def test_keras_uses_xla_of_its_own_accord_only_with_a_gpu():
    """jit_compile is "auto" in compile(), which is False where TensorFlow sees no GPU."""
    model = linear_model()
    model.compile(optimizer="sgd", loss="mse")
    if not tf.config.list_physical_devices("GPU"):
        assert model.jit_compile is False


def test_xla_changes_roundings_only():
    """A step with jit_compile=True gives the losses of the eager step."""
    losses = []
    for wrap in (lambda f: f, tf.function, tf.function(jit_compile=True)):
        keras.utils.set_random_seed(1)
        model, optimizer = linear_model(), keras.optimizers.Adam(0.1)
        optimizer.build(model.trainable_variables)
        step = wrap(lambda model=model, optimizer=optimizer: train(model, optimizer, X, Y))
        losses.append([float(step()) for _ in range(4)])
    np.testing.assert_allclose(losses[1], losses[0], rtol=1e-5)
    np.testing.assert_allclose(losses[2], losses[0], rtol=1e-5)


def dispatched(call, logdir):
    with tf.profiler.experimental.Profile(str(logdir)):
        call()
    (file,) = Path(logdir).rglob("*.xplane.pb")
    space = xplane_pb2.XSpace.FromString(file.read_bytes())
    return sum(
        plane.event_metadata[event.metadata_id].name.startswith("EagerLocalExecute")
        for plane in space.planes
        for line in plane.lines
        for event in line.events
    )


def test_a_compiled_step_is_one_dispatch(tmp_path):
    """Python hands dozens of ops to TensorFlow in an eager step of a tiny model, one compiled."""
    model, optimizer = linear_model(), keras.optimizers.Adam()
    optimizer.build(model.trainable_variables)
    x, y = tf.constant(X), tf.constant(Y)

    def step():
        return train(model, optimizer, x, y)

    compiled = tf.function(step)
    compiled()
    assert dispatched(step, tmp_path / "eager") >= 24
    assert dispatched(compiled, tmp_path / "compiled") == 1


def test_the_profiler_is_experimental_and_there_is_one(tmp_path):
    """tf.profiler holds `experimental` and nothing else; starting or stopping twice is an error."""
    assert [name for name in dir(tf.profiler) if not name.startswith("_")] == ["experimental"]
    tf.profiler.experimental.start(str(tmp_path))
    with pytest.raises(tf.errors.AlreadyExistsError):
        tf.profiler.experimental.start(str(tmp_path))
    tf.profiler.experimental.stop(save=False)
    with pytest.raises(tf.errors.UnavailableError):
        tf.profiler.experimental.stop(save=False)


def test_xla_does_not_compile_calls_back_into_python():
    """A function with tf.py_function in it cannot be compiled with jit_compile=True."""

    @tf.function(jit_compile=True)
    def double(x):
        return tf.py_function(lambda x: 2 * x, [x], tf.float32)

    with pytest.raises(tf.errors.InvalidArgumentError, match="EagerPyFunc"):
        double(tf.constant(1.0))


def test_dividing_by_powers_underflows():
    """0.5 to the power 150 is 0 in float32, so that a cumulative sum divided by it is NaN."""
    assert float(tf.pow(0.5, 150.0)) == 0.0
    discounts = tf.pow(0.5, tf.range(200.0))
    returns = tf.cumsum(discounts, reverse=True) / discounts
    assert np.isnan(returns.numpy()).any()


def test_symbolic_tensors_have_no_numpy():
    """`.numpy()` in a tf.function is an AttributeError; on its result it works."""

    @tf.function
    def next_number(x):
        return x.numpy() + 1

    with pytest.raises(AttributeError, match="has no attribute 'numpy'"):
        next_number(tf.constant(41))
    assert tf.function(lambda x: x + 1)(tf.constant(41)).numpy() == 42


def test_a_function_keeps_all_its_graphs():
    """Ten Python numbers make ten graphs, which are kept as long as the function lives."""

    def graphs():
        gc.collect()
        kinds = map(type, gc.get_objects())
        return sum(issubclass(kind, tf.__internal__.FuncGraph) for kind in kinds)

    before, compiled = graphs(), tf.function(lambda x: x + 1.0)
    for number in range(10):
        compiled(float(number))
    assert graphs() - before >= 10


def test_a_model_that_nobody_holds_is_gone():
    """Also after `fit`; `clear_session` begins anew with names, and takes no model from anybody."""

    def fitted():
        model = linear_model()
        model.compile("sgd", "mse")
        model.fit(X, Y, verbose=0)
        return model

    gone = weakref.ref(fitted())
    gc.collect()
    assert gone() is None
    keras.backend.clear_session()
    first = fitted()
    assert fitted().name != first.name
    held = weakref.ref(first)
    keras.backend.clear_session()
    gc.collect()
    assert held() is first
    assert fitted().name == first.name


def test_a_decorated_method_does_not_keep_its_object():
    """The next trace finds that `self` is None; tf.function(obj.method) keeps the object."""

    class Doubler:
        factor = 2.0

        def plain(self, x):
            return self.factor * x

        decorated = tf.function(plain)

    compiled = Doubler().decorated
    gc.collect()
    with pytest.raises((AttributeError, TypeError, ValueError), match="NoneType"):
        compiled(tf.constant(1.0))
    assert tf.function(Doubler().plain)(tf.constant(1.0)).numpy() == 2.0
