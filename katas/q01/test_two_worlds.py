import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q01.two_worlds import build_graph, run_graph, score_now

v1 = tf.compat.v1

WEIGHTS = np.array([[0.5], [-1.0], [2.0]], "float32")
BATCH = np.array([[1.0, 2.0, 0.5], [0.0, -1.0, 0.25]], "float32")


def score(x, weights, bias):
    """The formula in NumPy."""
    return (1.0 / (1.0 + np.exp(-(x @ weights + bias)))).astype("float32")


def random_case(features, rows):
    random = np.random.default_rng(features)
    draw = random.normal(size=[features + rows, features]).astype("float32")
    return draw[:features, :1], float(random.normal()), draw[features:]


def test_building_a_graph_computes_nothing():
    """A graph is a description: it knows shapes, and has no values.

    In TF1, a line of the program adds an op to a graph. It returns a symbolic tensor: a name, a
    dtype, and as much of the shape as is known. None stands for a size that is left open.
    """
    called = "build_graph(weights of shape [3, 1], 0.25)"
    with expect.works(called):
        graph = build_graph(WEIGHTS, 0.25)
    expect.that(
        isinstance(graph, tf.Graph),
        called=called,
        expected="a tf.Graph",
        seen=f"an object of the class {type(graph).__name__}",
    )
    expect.that(
        tf.executing_eagerly(),
        called="tf.executing_eagerly() after build_graph",
        expected="True",
        seen="False",
        idea="A switch for the whole program changes all its other lines, and there is no way "
        "back. A graph can be built without one.",
    )
    expect.that(
        graph is not build_graph(WEIGHTS, 0.25),
        called=f"{called}, twice",
        expected="two graphs",
        seen="the same graph twice",
        idea="Whoever gets a graph may add ops to it. They should not show in another one.",
    )
    with expect.works('looking up "x:0" and "score:0" in the graph'):
        x, result = (graph.get_tensor_by_name(name) for name in ("x:0", "score:0"))
    expect.same(
        x.op.type,
        "Placeholder",
        called='the kind of op that gives "x:0"',
        idea="A placeholder stands for the input. It gets its value when the graph runs.",
    )
    for name, tensor, shape in ('"x:0"', x, [None, 3]), ('"score:0"', result, [None, 1]):
        known = tensor.shape.as_list() if tensor.shape.rank is not None else None
        expect.same(known, shape, called=f"the shape of {name} in the graph, as a list")
        expect.same(
            tensor.dtype.name,
            "float32",
            called=f"the dtype of {name} in the graph",
            idea="The dtype of an op is fixed when the graph is built.",
        )


def test_a_session_runs_the_graph():
    """A session runs the graph on any batch, with nothing but a feed.

    The graph is a program, and the session executes it. It gets values for placeholders, and
    computes the tensors that are asked for. Each graph is a program of its own.
    """
    cases = [random_case(features, rows) for features, rows in ((3, 1), (5, 7))]
    with expect.works("build_graph, twice"):
        graphs = [build_graph(weights, bias) for weights, bias, _ in cases]
    for graph, (weights, bias, batch) in zip(graphs, cases, strict=True):
        rows, features = batch.shape
        called = f'session.run("score:0") with {rows} x {features} numbers for "x:0"'
        uninitialized = "A variable of TF1 has no value until somebody initializes or restores it."
        with (
            expect.works(called, idea=uninitialized, when="FailedPrecondition"),
            v1.Session(graph=graph) as session,
        ):
            try:
                seen = session.run("score:0", {"x:0": batch})
            except tf.errors.OpError as error:
                raise RuntimeError(f"{type(error).__name__} when the session ran it") from None
        expect.value(seen, score(batch, weights, bias), called=called)


def test_run_graph_takes_any_graph():
    """run_graph knows two names of a graph, and nothing else about it.

    A graph is data: it can come from a file, from another team or another language. Its tensors
    are found by name, `op:output`, and the value comes back as an array.
    """
    for offset in (0.0, 2.0):
        with tf.Graph().as_default() as graph:
            spare = tf.constant([[offset]], name="a_constant")
            v1.placeholder(tf.float32, [None, 1], name="another_input")
            x = v1.placeholder(tf.float32, [None, 2], name="x")
            tf.add(tf.reduce_sum(x, axis=1, keepdims=True), spare, name="score")
            tf.negative(x, name="more_ops")
        called = f"run_graph(a graph that sums up rows and adds {offset}, [[1, 2], [3, 4]])"
        with expect.works(called):
            seen = run_graph(graph, np.array([[1.0, 2.0], [3.0, 4.0]], "float32"))
        expected = np.array([[3.0 + offset], [7.0 + offset]], "float32")
        expect.that(
            isinstance(seen, np.ndarray),
            called=called,
            expected="a NumPy array",
            seen=expect.kind_of(seen),
            idea="A name such as `score:0` is a tensor, `score` alone an op, which has no value.",
        )
        expect.value(seen, expected, dtype=tf.float32, called=called)


@pytest.mark.beyond
def test_the_placeholder_says_the_dtype():
    """The input may have any dtype and shape.

    The placeholder says which. A float32 does not have every whole number above 2**24.
    """
    for dtype, shape, batch in (
        (tf.int64, [None], np.array([16_777_217])),
        (tf.float64, [], np.array(0.1)),
        (tf.string, [1, 1], np.array([[b"a"]], object)),
    ):
        with tf.Graph().as_default() as graph:
            tf.identity(v1.placeholder(dtype, shape, name="x"), name="score")
        called = f"run_graph(a graph that hands on its x, of dtype {dtype.name}, {batch.tolist()})"
        with expect.works(called):
            seen = run_graph(graph, batch)
        expect.same(np.asarray(seen).tolist(), batch.tolist(), called=called)


def test_running_adds_nothing_to_the_graph():
    """A graph that is run stays as it is.

    A server runs a graph a million times. An op that is added in each run, however small, makes
    the graph grow. Every run is then slower than the one before.
    """
    with tf.Graph().as_default() as graph:
        x = v1.placeholder(tf.float32, [None, 1], name="x")
        tf.sigmoid(x, name="score")
    before = [op.name for op in graph.get_operations()]
    with expect.works("three calls of run_graph with one graph"):
        for rows in (1, 2, 3):
            run_graph(graph, np.ones([rows, 1], "float32"))
    new = [op.name for op in graph.get_operations() if op.name not in before]
    expect.same(new, [], called="the ops that three calls of run_graph have added")


def test_eager_mode_computes_at_once():
    """In eager mode there is a value when the line has run.

    There is no placeholder and no session. Each op runs when its line is reached, so a debugger,
    a print or an `if` sees its value.
    """
    x, weights, bias = tf.constant(BATCH), tf.constant(WEIGHTS), tf.constant(0.25)
    called = "score_now(x of shape [2, 3], weights, 0.25)"
    with expect.works(called), tf.GradientTape() as tape:
        tape.watch([weights, bias, x])
        seen = score_now(x, weights, bias)
    expected = score(BATCH, WEIGHTS, 0.25)
    expect.tensor(seen, expected, called=called)
    slope = expected * (1.0 - expected)
    for name, gradient, truth in zip(
        ("weights", "bias", "x"),
        tape.gradient(seen, [weights, bias, x]),
        (BATCH.T @ slope, np.sum(slope), slope @ WEIGHTS.T),
        strict=True,
    ):
        expect.tensor(
            gradient,
            truth,
            called=f"the gradient of score_now with respect to {name}, under a tf.GradientTape",
            idea="A tape follows TensorFlow's ops. It loses the trail where a value leaves them.",
        )


def test_the_same_line_is_traced_into_a_graph():
    """Within a tf.function, the same lines describe a graph again.

    A tf.function calls the Python function with symbolic tensors, as TF1 did. It keeps the graph
    that the ops make.
    """
    compiled = tf.function(
        lambda x, weights, bias: score_now(x, weights, bias),
        input_signature=[
            tf.TensorSpec([None, 3], tf.float32),
            tf.TensorSpec([3, 1], tf.float32),
            tf.TensorSpec([], tf.float32),
        ],
    )
    with expect.works(
        "tracing score_now, with x of shape [None, 3]",
        idea="A symbolic tensor has no value, and its number of rows may be unknown.",
        when="SymbolicTensor|symbolic|NoneType",
    ):
        graph = compiled.get_concrete_function()
    expect.ops(
        graph,
        none_of=["PyFunc", "PyFuncStateless", "EagerPyFunc"],
        called="the graph of a tf.function that calls score_now",
        idea="A call back into Python is not a part of the graph: it cannot be saved or served.",
    )
    _, _, batch = random_case(features=3, rows=9)
    for rows in (1, 9):
        for weights, bias in (WEIGHTS, 0.25), (-WEIGHTS, 1.5):
            called = f"score_now in a tf.function, for {rows} x 3 numbers and the bias {bias}"
            with expect.works(called):
                seen = compiled(batch[:rows], weights, bias)
            expect.tensor(seen, score(batch[:rows], weights, bias), called=called)
