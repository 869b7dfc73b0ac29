import pytest
import tensorflow as tf

from dojo import expect
from katas.q02.export_graph import export_graph, export_profile
from lab.tensorboard import TensorBoard
from lab.xplane import profiled

TWO_WORDS = tf.ones([2, 2])
THREE_WORDS = tf.ones([2, 3])
PYTHON = "the Python code of score"


def scorer():
    """A new compiled function. It runs other ops for texts of three words than for other texts."""
    weights = tf.Variable(tf.ones([3, 4]))

    @tf.function
    def score(words):
        with tf.profiler.experimental.Trace(PYTHON):
            if words.shape[1] == 3:
                with tf.name_scope("embed"):
                    codes = tf.linalg.matmul(words, weights)
                return tf.reduce_sum(tf.nn.softplus(codes))
            with tf.name_scope("short"):
                return tf.reduce_sum(tf.math.sin(words))

    return score


def graph_of(score, folder, called):
    """What the Graphs tab shows: each op's name, as in score, and its kind."""
    with expect.works(called):
        export_graph(score, (THREE_WORDS,), str(folder))
    return {(node.name, node.op) for node in TensorBoard(folder).nodes()}


def shows(nodes, name, op):
    """Whether there is such an op, whatever the whole graph was put into."""
    return any(op in kind and f"/{path}".endswith(f"/{name}") for path, kind in nodes)


def ops_are_shown(nodes, called):
    """The ops of score for three words are there, with their names.

    TensorFlow adds ops of its own, such as _Arg; which ones depends on what has run before.
    """
    kinds = sorted({op for _, op in nodes if not op.startswith("_")})
    for name, op in ("embed/MatMul", "MatMul"), ("Softplus", "Softplus"):
        expect.that(
            shows(nodes, name, op),
            called=f"{called}: the op {name}",
            expected=f"a node of kind {op} on the Graphs tab",
            seen="none; the kinds are " + (", ".join(kinds) or "none"),
        )


def no_trace(called):
    """Outside of a trace, trace_export raises."""
    with tf.summary.create_noop_writer().as_default():
        expect.raises(
            lambda: tf.summary.trace_export("later", step=0),
            ValueError,
            called=f"tf.summary.trace_export after {called}",
        )


def test_the_graph_of_a_new_function(tmp_path):
    """The graph of a function that was never called is shown, with all of its ops.

    A graph comes into being when a function is traced. Not before, and not in every call.
    """
    called = "export_graph(score, (words,), logdir)"
    ops_are_shown(graph_of(scorer(), tmp_path / "logs", called), called)


def test_the_graph_of_a_function_in_use(tmp_path):
    """The graph of a function that has been called before is shown as well.

    It is when training goes wrong that somebody wants to see the graph. By then it was traced.
    """
    score = scorer()
    for _ in range(3):
        score(THREE_WORDS)
    called = "export_graph(score, (words,), logdir), after three calls of score(words)"
    ops_are_shown(graph_of(score, tmp_path, called), called)


def test_the_graph_for_these_arguments(tmp_path):
    """Of a function with several graphs, the one for the arguments is shown.

    A tf.function has a graph for each kind of arguments that it has met.
    """
    score = scorer()
    score(TWO_WORDS)
    called = "export_graph(score, (three_words,), logdir), after score(two_words)"
    nodes = graph_of(score, tmp_path, called)
    ops_are_shown(nodes, called)
    found = sorted(name for name, op in nodes if op == "Sin")
    expect.same(found, [], called=f"{called}: ops of kind Sin, which is for two words only")


def test_no_trace_goes_on(tmp_path):
    """After the export no trace is being recorded.

    A trace that goes on collects every graph from then on, and the next one refuses to start.
    """
    called = "export_graph(score, (words,), logdir)"
    with expect.works(called):
        export_graph(scorer(), (THREE_WORDS,), str(tmp_path))
    no_trace(called)


def profile_of(score, folder, called="export_profile(score, (words,), logdir)"):
    """By plane, the names of what happened."""
    with expect.works(called):
        export_profile(score, (THREE_WORDS,), str(folder))
    return profiled(folder)


def test_a_profile_has_the_ops_that_ran(tmp_path):
    """TensorBoard lists a profile, and the ops of the function are on the plane of the CPU.

    A profile has a plane for each device, and on it what the device did, op by op.
    """
    score, called = scorer(), "export_profile(score, (words,), logdir)"
    score(THREE_WORDS)
    planes = profile_of(score, tmp_path / "logs")
    listed = TensorBoard(tmp_path / "logs").profiles()
    found = f"{len(listed)}" if listed else "none"
    called_list = f"what the Profile tab lists after {called}"
    expect.that(bool(listed), called=called_list, expected="a profile", seen=found)
    events = planes.get("/host:CPU", set())
    expect.that(
        any(event.startswith("embed/MatMul:") for event in events),
        called=f"{called}: the plane /host:CPU",
        expected="an event of the op embed/MatMul",
        seen=f"none, among {len(events)} kinds of events; planes: {', '.join(planes) or 'none'}",
    )


def test_tracing_is_not_profiled(tmp_path):
    """The profile of a new function has a call of it, and not its tracing.

    The first call is another thing than all that follow: it runs the Python code and makes the
    graph. In a profile it hides what costs time every day.
    """
    called = "export_profile(score, (words,), logdir), for a function that was never called"
    events = set().union(*profile_of(scorer(), tmp_path, called).values())
    expect.same(PYTHON in events, False, called=f"{called}: whether Python code of score ran in it")


def test_no_profiler_goes_on(tmp_path):
    """After the export neither a trace nor a profiler is running.

    There is one profiler for the whole process. While it runs, nobody can start another.
    """
    score, called = scorer(), "export_profile(score, (words,), logdir)"
    score(THREE_WORDS)
    profile_of(score, tmp_path / "first")
    no_trace(called)
    with expect.works(f"tf.profiler.experimental.start after {called}"):
        tf.profiler.experimental.start(str(tmp_path / "second"))
    tf.profiler.experimental.stop(save=False)


@pytest.mark.gpu
def test_a_gpu_has_a_plane_of_its_own(tmp_path):
    """What a GPU did is on a plane of its own.

    The host plane has the ops as the CPU started them; what the GPU ran, and when, is on another.
    """
    score, called = scorer(), "export_profile(score, (words,), logdir)"
    score(THREE_WORDS)
    planes = profile_of(score, tmp_path)
    found = [name for name, events in planes.items() if name.startswith("/device:GPU") and events]
    seen = f"none; planes: {', '.join(planes) or 'none'}"
    called = f"{called}: planes that begin with /device:GPU"
    expect.that(bool(found), called=called, expected="one with events", seen=seen)
