"""What TensorFlow does in graphs and in eager mode, and what is left of TF1."""

import threading

import keras
import numpy as np
import pytest
import tensorflow as tf
from tensorflow.tools.compatibility import ast_edits, tf_upgrade_v2

from dojo.expect import ops_of

v1 = tf.compat.v1
LOOPS = {"While", "StatelessWhile"}


def old_checkpoint(prefix, with_adam=False):
    """A checkpoint of TF1, with the variable part/w = [5, 6]."""
    with tf.Graph().as_default(), v1.Session() as session:
        with v1.variable_scope("part"):
            w = v1.get_variable("w", initializer=[5.0, 6.0])
        if with_adam:
            step = v1.train.get_or_create_global_step()
            v1.train.AdamOptimizer().minimize(tf.reduce_sum(w * w), global_step=step)
        session.run(v1.global_variables_initializer())
        v1.train.Saver().save(session, str(prefix), write_meta_graph=False)
    return str(prefix)


def test_a_graph_has_no_values():
    """In a tf.Graph, an op gives a symbolic tensor; a session computes its value."""
    with tf.Graph().as_default() as graph:
        x = v1.placeholder(tf.float32, [None], name="x")
        total = tf.reduce_sum(x)
    assert tf.is_symbolic_tensor(total)
    assert [op.type for op in graph.get_operations()] == ["Placeholder", "Const", "Sum"]
    with pytest.raises(AttributeError, match="numpy"):
        total.numpy()
    with v1.Session(graph=graph) as session:
        assert session.run(total, {"x:0": [1.0, 2.0]}) == 3.0


def test_a_graph_needs_no_switch():
    """A graph is built and run while eager execution is on."""
    with tf.Graph().as_default() as graph:
        tf.constant(2.0, name="two")
        assert not tf.executing_eagerly()
    with v1.Session(graph=graph) as session:
        assert session.run("two:0") == 2.0
    assert tf.executing_eagerly()


def test_tf1_names_are_in_compat_v1():
    """tf.placeholder and tf.Session are gone; tf.compat.v1 has them."""
    assert not hasattr(tf, "placeholder") and not hasattr(tf, "Session")
    assert v1.placeholder and v1.Session


def test_some_of_tf1_is_gone():
    """compat.v1 has neither contrib nor, with Keras 3, the function dense of v1.layers."""
    assert not hasattr(v1, "contrib") and not hasattr(tf, "contrib")
    with pytest.raises(AttributeError, match="Keras 3"):
        v1.layers.dense  # noqa: B018


def test_enable_eager_execution_rescues_nothing():
    """It does nothing in TF2, and a placeholder goes on failing in eager mode."""
    assert tf.executing_eagerly()
    v1.enable_eager_execution()
    with pytest.raises(RuntimeError, match="not compatible with eager execution"):
        v1.placeholder(tf.float32, [None, 3])


def test_the_upgrade_script_renames(tmp_path):
    """tf_upgrade_v2 writes tf.compat.v1, translates arguments, and reports what it cannot do."""
    old, new = tmp_path / "old.py", tmp_path / "new.py"
    old.write_text(
        "import tensorflow as tf\n"
        "x = tf.placeholder(tf.float32, [None, 3])\n"
        "y = tf.nn.dropout(x, keep_prob=0.8)\n"
        "session = tf.Session()\n"
        "z = tf.contrib.layers.flatten(x)\n"
    )
    upgrader = ast_edits.ASTCodeUpgrader(tf_upgrade_v2.TFAPIChangeSpec())
    _, report, errors = upgrader.process_file(str(old), str(new))
    lines = new.read_text().splitlines()
    assert lines[1] == "x = tf.compat.v1.placeholder(tf.float32, [None, 3])"
    assert lines[2] == "y = tf.nn.dropout(x, rate=1 - (0.8))"
    assert lines[3] == "session = tf.compat.v1.Session()"
    assert len(errors) == 1 and "tf.contrib" in errors[0]
    assert "Renamed 'tf.Session'" in report


def test_variables_of_a_graph_need_initialization():
    """A session that runs a model with variables fails unless they were initialized or restored."""
    with tf.Graph().as_default(), v1.Session() as session:
        w = v1.get_variable("w", initializer=2.0)
        with pytest.raises(tf.errors.FailedPreconditionError):
            session.run(w)
        session.run(v1.global_variables_initializer())
        assert session.run(w) == 2.0


def test_a_graph_of_tf1_can_be_looked_into():
    """Without a debugger: fetch a tensor in the middle, or call Python with its value."""
    seen = []
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [2])
        middle = x * 2.0
        watched = v1.py_func(lambda v: seen.append(v.tolist()) or v, [middle], tf.float32)
        result = watched + 1.0
        for value in ([1.0, 2.0], [3.0, 4.0]):
            session.run(result, {x: value})
        assert session.run(middle, {x: [1.0, 2.0]}).tolist() == [2.0, 4.0]
    assert seen == [[2.0, 4.0], [6.0, 8.0]]


def test_a_debugger_sees_a_tf_function_while_it_is_traced():
    """A line of Python runs once for three calls, on a symbolic tensor; run_functions_eagerly
    makes it run in each call, on values."""
    seen = []

    @tf.function
    def square(x):
        seen.append(tf.is_symbolic_tensor(x))
        return x * x

    for _ in range(3):
        square(tf.constant(2.0))
    assert seen == [True]
    tf.config.run_functions_eagerly(True)
    try:
        square(tf.constant(2.0))
        square(tf.constant(2.0))
    finally:
        tf.config.run_functions_eagerly(False)
    assert seen == [True, False, False]


def test_a_graph_is_optimized_before_it_runs():
    """Two equal ops become one, constants are folded, and what nobody needs is dropped."""
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [None])
        tf.cos(x)
        result = tf.add(tf.sin(x) * (tf.constant(2.0) * tf.constant(3.0)), tf.sin(x))
        built = [op.type for op in tf.Graph.get_operations(result.graph)]
        metadata = v1.RunMetadata()
        options = v1.RunOptions(output_partition_graphs=True)
        session.run(result, {x: [1.0]}, options=options, run_metadata=metadata)
    run = [node.op for graph in metadata.partition_graphs for node in graph.node]
    assert [built.count(op) for op in ("Cos", "Sin", "Mul")] == [1, 2, 2]
    assert [run.count(op) for op in ("Cos", "Sin", "Mul")] == [0, 1, 1]


def sign(x):
    if x > 0.0:
        return 1.0
    return -1.0


def test_a_condition_needs_autograph():
    """`if` on a tensor: an error in a tf.Graph, an op in a tf.function, an error without
    AutoGraph."""
    not_allowed = tf.errors.OperatorNotAllowedInGraphError
    with tf.Graph().as_default(), pytest.raises(not_allowed):
        sign(v1.placeholder(tf.float32, []))
    compiled = tf.function(sign)
    assert [float(compiled(tf.constant(x))) for x in (2.0, -2.0)] == [1.0, -1.0]
    with pytest.raises(not_allowed):
        tf.function(sign, autograph=False)(tf.constant(2.0))


def test_a_tf1_graph_can_have_autograph():
    """tf.autograph.to_graph converts a function for a tf.Graph; a tf.function can be called in
    one."""
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [])
        results = [tf.autograph.to_graph(sign)(x), tf.function(sign)(x)]
        assert session.run(results, {x: 2.0}) == [1.0, 1.0]
        assert session.run(results, {x: -2.0}) == [-1.0, -1.0]


def test_autograph_needs_source():
    """A function without source code is not converted."""
    names = {}
    exec("def sign(x):\n    return 1.0 if x > 0.0 else -1.0", names)
    with pytest.raises(tf.errors.OperatorNotAllowedInGraphError):
        tf.function(names["sign"])(tf.constant(2.0))


def test_a_range_of_python_is_unrolled():
    """A loop over range(n) is a copy of its body for each round, and a trace for each n; over
    tf.range, or while on a tensor, it is one loop for all n."""

    def double(n):
        x = tf.constant(1.0)
        for _ in range(n):
            x *= 2.0
        return x

    compiled = tf.function(double)
    counts = [
        [op.type for op in compiled.get_concrete_function(n).graph.get_operations()].count("Mul")
        for n in (3, 20)
    ]
    assert counts == [3, 20]
    assert compiled.experimental_get_tracing_count() == 2
    compiled = tf.function(double)
    assert [float(compiled(tf.constant(n))) for n in (0, 3, 5)] == [1.0, 8.0, 32.0]
    assert compiled.experimental_get_tracing_count() == 1
    assert ops_of(compiled.get_concrete_function(tf.constant(3))) & LOOPS


def test_what_a_for_becomes():
    """A loop over a tensor is a While; over a dataset, it is an op of tf.data."""

    @tf.function
    def total(values):
        result = tf.constant(0, tf.int64)
        for value in values:
            result += value
        return result

    rows = total.get_concrete_function(tf.TensorSpec([None], tf.int64))
    assert ops_of(rows) & LOOPS
    dataset = tf.data.Dataset.range(4)
    assert int(total(dataset)) == 6
    ops = ops_of(total.get_concrete_function(dataset))
    assert not ops & LOOPS
    assert "ReduceDataset" in ops


def test_while_loop_and_while_are_the_same():
    """tf.while_loop works in eager mode and in graphs; a Python while becomes the same op, with
    the same gradients."""

    def kept(x):
        return tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, y * x), [0, x])[1]

    def written(x):
        i, y = tf.constant(0), x
        while i < 3:
            i, y = i + 1, y * x
        return y

    two = tf.constant(2.0)
    for call in (kept, written, tf.function(kept), tf.function(written)):
        with tf.GradientTape() as tape:
            tape.watch(two)
            y = call(two)
        assert float(y) == 16.0
        assert float(tape.gradient(y, two)) == 32.0
    loops = [
        ops_of(tf.function(f).get_concrete_function(tf.TensorSpec([]))) & LOOPS
        for f in (kept, written)
    ]
    assert loops[0] == loops[1] and len(loops[0]) == 1


def test_maximum_iterations_with_a_list_fails_in_eager_mode():
    """maximum_iterations beside a list of loop variables and a body that returns a tuple: an
    error in eager mode, and fine in a graph."""

    def count(x):
        return tf.while_loop(
            lambda i, y: y > 0, lambda i, y: (i + 1, y - 3), [0, x], maximum_iterations=2
        )[0]

    with pytest.raises(TypeError, match="same nested structure"):
        count(tf.constant(10))
    assert int(tf.function(count)(tf.constant(10))) == 2
    as_a_tuple = tf.while_loop(
        lambda i, y: y > 0, lambda i, y: (i + 1, y - 3), (0, tf.constant(10)), maximum_iterations=2
    )
    assert int(as_a_tuple[0]) == 2


def test_one_loop_variable_is_a_list_of_one_in_eager_mode():
    """A body that returns a bare tensor: fine in a graph, and an error in eager mode. A list or
    tuple of one is fine in both."""

    def halved(x, pack):
        return tf.while_loop(lambda x: x > 1.0, lambda x: pack(x / 2.0), [x])

    graph = tf.function(lambda x: halved(x, tf.identity))
    assert float(tf.nest.flatten(graph(tf.constant(8.0)))[0]) == 1.0
    with pytest.raises(TypeError, match="iterate over a scalar"):
        halved(tf.constant(8.0), tf.identity)
    for pack in (lambda x: [x], lambda x: (x,)):
        (seen,) = halved(tf.constant(8.0), pack)
        assert float(seen) == 1.0


def test_a_session_belongs_to_one_graph_and_a_default_graph_to_one_thread():
    """A session without a graph takes the default one of its thread. In another thread that is
    another graph, and the tensor is "not an element" of it. A session that is made for the graph
    works in every thread."""
    seen = {}
    with tf.Graph().as_default() as graph:
        two = tf.constant(2.0, name="two")

        def serve():
            with pytest.raises((ValueError, RuntimeError)) as raised, v1.Session() as session:
                session.run(two)
            seen["error"] = str(raised.value)
            with pytest.raises(ValueError, match="not an element of this graph"):
                tf.Graph().as_graph_element(two)
            with v1.Session(graph=graph) as session:
                seen["value"] = float(session.run(two))

        thread = threading.Thread(target=serve)
        thread.start()
        thread.join()
    assert seen["value"] == 2.0
    assert "graph" in seen["error"]


def test_a_tensor_that_grows_needs_a_shape_invariant():
    """A loop variable keeps its shape, unless set_loop_options says otherwise."""

    @tf.function
    def untold(n):
        x = tf.zeros([0])
        while tf.size(x) < n:
            x = tf.concat([x, [1.0]], axis=0)
        return x

    @tf.function
    def told(n):
        x = tf.zeros([0])
        while tf.size(x) < n:
            tf.autograph.experimental.set_loop_options(
                shape_invariants=[(x, tf.TensorShape([None]))]
            )
            x = tf.concat([x, [1.0]], axis=0)
        return x

    with pytest.raises(ValueError, match="set_loop_options"):
        untold(tf.constant(3))
    assert told(tf.constant(3)).shape == [3]


def test_a_list_in_a_loop_keeps_a_symbolic_tensor():
    """append in a loop of the graph happens once, and what it kept cannot be used outside."""

    @tf.function
    def squares(n):
        result = []
        for i in tf.range(n):
            result.append(i * i)
        return tf.stack(result)

    with pytest.raises((TypeError, ValueError), match="out of scope"):
        squares(tf.constant(3))


def test_both_branches_define_what_is_used_later():
    """What one branch of a condition on a tensor defines, the other has to define, too."""

    @tf.function
    def half(x):
        if x > 0.0:
            y = x / 2.0
        return y

    with pytest.raises(ValueError, match="must also be initialized"):
        half(tf.constant(2.0))


def test_a_session_runs_what_is_fetched():
    """An assignment that nobody fetches does not run in a session, and runs in a tf.function."""
    with tf.Graph().as_default(), v1.Session() as session:
        a = v1.get_variable("a", initializer=1.0)
        v1.assign_add(a, 10.0)
        session.run(v1.global_variables_initializer())
        assert session.run(a) == 1.0
    b = tf.Variable(1.0)

    @tf.function
    def read():
        b.assign_add(10.0)
        return b.read_value()

    assert float(read()) == 11.0


def test_a_graph_drops_an_error_that_nobody_needs():
    """An op that fails, unused: an error in eager mode, and cut away in a graph."""

    def first_of(x):
        tf.gather(x, 99)
        return x[0]

    x = tf.constant([1.0, 2.0])
    with pytest.raises(tf.errors.InvalidArgumentError):
        first_of(x)
    assert float(tf.function(first_of)(x)) == 1.0


def test_python_checks_nothing_in_a_graph():
    """assert on a tensor does not trace; a raise under a condition raises for good values too;
    an assertion of TensorFlow runs, though nobody uses it."""

    def asserted(x):
        assert x > 0.0
        return x

    def raised(x):
        if x <= 0.0:
            raise ValueError("not positive")
        return x

    def debugged(x):
        tf.debugging.assert_positive(x)
        return tf.ones([])

    good, bad = tf.constant(1.0), tf.constant(-1.0)
    with pytest.raises(tf.errors.OperatorNotAllowedInGraphError):
        tf.function(asserted)(good)
    with pytest.raises(ValueError, match="not positive"):
        tf.function(raised)(good)
    tf.function(debugged)(good)
    with pytest.raises(tf.errors.InvalidArgumentError):
        tf.function(debugged)(bad)


def test_a_write_does_not_wait_for_a_check():
    """A tf.function orders the ops on one variable. A check is not among them, unless the write
    is put under tf.control_dependencies."""
    variable = tf.Variable(1.0)

    def on_the_line_before(x):
        tf.debugging.assert_positive(x)
        variable.assign(x)

    def under_control(x):
        with tf.control_dependencies([tf.debugging.assert_positive(x)]):
            variable.assign(x)

    waits = []
    for function in (on_the_line_before, under_control):
        graph = tf.function(function).get_concrete_function(tf.TensorSpec([])).graph
        (write,) = [op for op in graph.get_operations() if op.type == "AssignVariableOp"]
        before, todo = set(), [write]
        while todo:
            op = todo.pop()
            for other in [*op.control_inputs, *(tensor.op for tensor in op.inputs)]:
                if other not in before:
                    before.add(other)
                    todo.append(other)
        waits.append(any(op.type in ("If", "Assert") for op in before))
    assert waits == [False, True]


def test_an_error_rolls_nothing_back():
    """What was assigned before an op of the graph failed stays assigned."""
    variable = tf.Variable(1.0)

    @tf.function
    def step():
        variable.assign(-1.0)
        with tf.control_dependencies([tf.debugging.assert_positive(variable)]):
            variable.assign(5.0)

    with pytest.raises(tf.errors.InvalidArgumentError):
        step()
    assert float(variable) == -1.0


def test_tf_print_appends_to_a_file(tmp_path):
    """tf.print writes a line in every run; Python's print in every trace."""
    path = tmp_path / "a.log"

    @tf.function
    def log(x):
        tf.print(x, output_stream=f"file://{path}")

    for x in (1, 2, 2):
        log(tf.constant(x))
    assert path.read_text().split() == ["1", "2", "2"]


def test_a_feed_dict_casts():
    """A feed is cast to the placeholder's dtype; tf.matmul does not mix dtypes."""
    batch = np.ones([2, 3])
    with tf.Graph().as_default(), v1.Session() as session:
        x = v1.placeholder(tf.float32, [None, 3])
        assert session.run(x, {x: batch}).dtype == np.float32
    with pytest.raises(tf.errors.InvalidArgumentError, match="float"):
        tf.matmul(batch, tf.ones([3, 1]))


def test_a_tf1_checkpoint_is_read_by_name(tmp_path):
    """load_checkpoint, list_variables and the Saver of compat.v1 read it in eager mode."""
    prefix = old_checkpoint(tmp_path / "old.ckpt")
    assert tf.train.list_variables(prefix) == [("part/w", [2])]
    value = tf.train.load_checkpoint(prefix).get_tensor("part/w")
    assert value.tolist() == [5.0, 6.0]
    w = tf.Variable([0.0, 0.0])
    v1.train.Saver({"part/w": w}).restore(None, prefix)
    assert w.numpy().tolist() == [5.0, 6.0]


def test_a_tf1_checkpoint_may_hold_more_than_the_model(tmp_path):
    """The optimizer's slots are variables under the names of the weights; there is a step too."""
    prefix = old_checkpoint(tmp_path / "old.ckpt", with_adam=True)
    names = [name for name, _ in tf.train.list_variables(prefix)]
    assert {"part/w", "part/w/Adam", "part/w/Adam_1", "global_step", "beta1_power"} <= set(names)


def test_a_tf2_restore_of_it_goes_by_the_variables_names(tmp_path):
    """tf.train.Checkpoint.restore compares names of variables, not attributes, in an old file. It
    says what it has not found only when it is asked."""
    prefix = old_checkpoint(tmp_path / "old.ckpt")
    named, unnamed = tf.Variable([1.0, 1.0], name="part/w"), tf.Variable([1.0, 1.0])
    tf.train.Checkpoint(anything=named).read(prefix).assert_existing_objects_matched()
    assert named.numpy().tolist() == [5.0, 6.0]
    part = tf.Module()
    part.w = unnamed
    status = tf.train.Checkpoint(part=part).restore(prefix)
    assert unnamed.numpy().tolist() == [1.0, 1.0]
    with pytest.raises(AssertionError, match="not restored"):
        status.assert_existing_objects_matched()


def test_keras_does_not_load_a_tf1_checkpoint(tmp_path):
    """load_weights takes .weights.h5 and .keras, and no prefix."""
    prefix = old_checkpoint(tmp_path / "old.ckpt")
    model = keras.Sequential([keras.Input([2]), keras.layers.Dense(1)])
    with pytest.raises(ValueError, match="File format not supported"):
        model.load_weights(prefix)


def test_a_keras_model_is_no_module():
    """In Keras 3 a model is no tf.Module, but tf.train.Checkpoint tracks it."""
    model = keras.Sequential([keras.Input([2]), keras.layers.Dense(1)])
    assert not isinstance(model, tf.Module)
    tf.train.Checkpoint(model=model)


def test_a_call_is_not_a_training_step():
    """model(x) is inference; training=True updates moving averages, also in a tf.function."""
    layer = keras.layers.BatchNormalization()
    layer.build([None, 1])
    before = float(layer.moving_mean.value[0])
    x = tf.constant([[3.0], [5.0]])
    tf.function(layer)(x)
    assert float(layer.moving_mean.value[0]) == before
    tf.function(lambda x: layer(x, training=True))(x)
    assert float(layer.moving_mean.value[0]) != before


def test_penalties_wait_in_losses():
    """A regularizer's penalty is in layer.losses, and in the loss only if it is added."""
    layer = keras.layers.Dense(1, kernel_initializer="ones", kernel_regularizer="l2")
    assert float(tf.reduce_sum(layer(tf.ones([1, 2])))) == 2.0
    assert [round(float(loss), 6) for loss in layer.losses] == [0.02]
