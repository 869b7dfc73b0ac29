import pytest
import tensorflow as tf

from dojo import expect
from katas.q02.export_graph import export_graph, export_profile
from lab.tensorboard import TensorBoard
from lab.xplane import profiled

TWO_WORDS = tf.ones([2, 2])
THREE_WORDS = tf.ones([2, 3])
PYTHON = "the Python code of score"
HOST = "/host:CPU"
GRAPH, PROFILE = "export_graph(score, (words,), logdir)", "export_profile(score, (words,), logdir)"
OPS = (("embed/MatMul", "MatMul"), ("Softplus", "Softplus"), ("Sum", "Sum"))

WRITTEN = (
    "The Graphs tab reads event files. tf.summary writes them through the default writer, if there "
    "is one. A writer keeps what it gets in a buffer until it is left, flushed or closed."
)
EAGER = "Run by Python, each op stands alone. Only a tf.function has a graph with name scopes."
LATE = "A trace shows what is traced while it is on. This function had been traced before."
OTHERS = "A tf.function has a graph for each kind of arguments that it has met."
NO_PROFILER = (
    "Where no profiler runs, none can be stopped, and no profile exported. To try is an error."
)
ONE_PROFILER = {
    "idea": "There is one profiler for the whole process. While it runs, nobody can start another.",
    "when": "Another profiler",
}
AT_THE_START = {
    "idea": "The profiler is told at its start where the profile goes. `trace_export` is too late.",
    "when": "No profiler is running",
}


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


def ops_shown(score, folder, called, missing):
    """Names and kinds of the ops on the Graphs tab. Those for three words are there.

    Args:
        missing: the idea, if none of them is.
    """
    with expect.works(called, **AT_THE_START):
        export_graph(score, (THREE_WORDS,), str(folder))
    # TensorFlow adds ops of its own, such as _Arg; which ones depends on what has run before.
    board = TensorBoard(folder)
    nodes = {(n.name, n.op) for n in board.nodes() if not n.op.startswith("_")}
    kinds, shown = {op for _, op in nodes}, any(True for _ in board.graphs())
    nothing = "a graph without them" if shown else "none"
    expect.that(
        all(shows(nodes, name, op) for name, op in OPS),
        called=f"{called}: the ops on the Graphs tab",
        expected=f"{', '.join(name for name, _ in OPS)} and others",
        seen=", ".join(sorted(name for name, _ in nodes)) or nothing,
        idea=WRITTEN
        if not shown
        else EAGER
        if "MatMul" in kinds
        else OTHERS
        if "Sin" in kinds
        else missing,
    )
    return nodes


def shows(nodes, name, op):
    """Whether there is such an op, whatever the whole graph was put into."""
    return any(op == kind and f"/{path}".endswith(f"/{name}") for path, kind in nodes)


def nothing_goes_on(called, folder):
    """Outside of a trace, trace_export raises. Where no profiler runs, one can be started."""
    with tf.summary.create_noop_writer().as_default():
        expect.raises(
            lambda: tf.summary.trace_export("later", step=0),
            ValueError,
            called=f"tf.summary.trace_export after {called}",
            idea="A trace that goes on collects every graph from then on.",
        )
    with expect.works(f"tf.profiler.experimental.start after {called}", **ONE_PROFILER):
        tf.profiler.experimental.start(str(folder))
    tf.profiler.experimental.stop(save=False)


@pytest.mark.parametrize("which", ["a new function", "a function in use"])
def test_the_graph_is_shown(tmp_path, which):
    """The ops of the graph are shown with their names, of a function in use as of a new one.

    A graph is made when a function is traced. When training goes wrong, that was long ago.
    """
    score = scorer()
    for words in (THREE_WORDS, THREE_WORDS, TWO_WORDS) if which == "a function in use" else ():
        score(words)
    ops_shown(score, tmp_path, f"{GRAPH} of {which}", LATE)


def test_the_graph_for_these_arguments(tmp_path):
    """Of a function with several graphs, the one for the arguments is shown.

    A tf.function has a graph for each kind of arguments that it has met.
    """
    score = scorer()
    score(TWO_WORDS)
    called = "export_graph(score, (three_words,), logdir), after score(two_words)"
    nodes = ops_shown(score, tmp_path, called, missing=LATE)
    found = sorted(name for name, op in nodes if op == "Sin")
    expect.same(found, [], called=f"{called}: ops of kind Sin, which is for two words only")


def test_nothing_goes_on_after_a_graph(tmp_path):
    """After export_graph neither a trace nor a profiler is running.

    A trace that goes on collects every graph from then on. A profiler that goes on lets nobody
    start another.
    """
    with expect.works(GRAPH, **AT_THE_START):
        export_graph(scorer(), (THREE_WORDS,), str(tmp_path / "logs"))
    nothing_goes_on(GRAPH, tmp_path / "later")


def profile_of(score, folder, called=PROFILE):
    """By plane, the names of what happened."""
    with expect.works(called, **AT_THE_START):
        export_profile(score, (THREE_WORDS,), str(folder))
    return profiled(folder)


def test_a_profile_has_the_ops_that_ran(tmp_path):
    """TensorBoard lists a profile, and the ops of the graph are on the plane of the CPU.

    A profile has a plane for each device, and on it what the device did, op by op.
    """
    score = scorer()
    score(THREE_WORDS)
    planes = profile_of(score, tmp_path)
    listed = TensorBoard(tmp_path).profiles()
    expect.that(
        bool(listed),
        called=f"what the Profile tab lists after {PROFILE}",
        expected="a profile",
        seen="none",
        idea="A profile is recorded between the start and the end of the profiler, and then saved.",
    )
    products = sorted(event for event in planes.get(HOST, set()) if "MatMul" in event)
    expect.that(
        any(event.startswith("embed/MatMul:") for event in products),
        called=f"{PROFILE}: products of matrices on the plane {HOST}",
        expected="embed/MatMul:MatMul",
        seen=", ".join(products) or "none",
        idea=EAGER if products else "Only what runs while the profiler is on gets into a profile.",
    )


@pytest.mark.parametrize("before", ["no call", "a call with two words"])
def test_tracing_is_not_profiled(tmp_path, before):
    """The profile has calls and no tracing, whatever the function was called with before.

    The first call for some kind of arguments runs the Python code and makes a graph. In a profile
    that hides what costs time in every call.
    """
    score = scorer()
    if before != "no call":
        score(TWO_WORDS)
    called = f"export_profile(score, (three_words,), logdir), after {before}"
    events = set().union(*profile_of(score, tmp_path, called).values())
    seen = "it ran, that is, score was traced or called by Python"
    called = f"{called}: the Python code of score while the profiler was on"
    expect.that(PYTHON not in events, called=called, expected="it did not run", seen=seen)


def test_nothing_goes_on_after_a_profile(tmp_path):
    """After export_profile neither a trace nor a profiler is running.

    There is one profiler for the whole process. While it runs, nobody can start another.
    """
    score = scorer()
    score(THREE_WORDS)
    profile_of(score, tmp_path / "first")
    nothing_goes_on(PROFILE, tmp_path / "second")


@pytest.mark.beyond
@pytest.mark.parametrize("first", [1, 2], ids=["each call raises", "the first call goes well"])
def test_no_profiler_goes_on_after_an_exception(tmp_path, first):
    """If the function raises, its exception comes out, and no profiler is left running.

    Whoever starts something for the whole process ends it, whatever happens in between.
    """
    calls = tf.Variable(0)

    @tf.function
    def failing(words):
        tf.debugging.assert_less(calls.assign_add(1), first, message="one call too many")
        return tf.reduce_sum(words)

    def profile():
        try:
            for number in range(first):  # one may call it once, and then there is no second call
                export_profile(failing, (THREE_WORDS,), str(tmp_path / f"{number}"))
        except (tf.errors.InvalidArgumentError, NotImplementedError):
            raise
        except Exception as error:
            expect.that(
                False,
                called=called,
                expected="InvalidArgumentError",
                seen=f"{type(error).__name__}: {error}".partition("\n")[0],
                idea=NO_PROFILER if isinstance(error, tf.errors.UnavailableError) else "",
            )

    what = "" if first == 1 else " from its second call on"
    called = f"{PROFILE}, where score(words) raises{what}"
    silent = "An exception that nobody hears of looks like success."
    expect.raises(profile, tf.errors.InvalidArgumentError, called=called, idea=silent)
    nothing_goes_on(called, tmp_path / "later")


def on_gpus(planes):
    return [name for name, events in planes.items() if name.startswith("/device:GPU") and events]


@pytest.mark.gpu
def test_a_gpu_has_a_plane_of_its_own(tmp_path):
    """What a GPU did is on a plane of its own.

    The host plane has the ops as the CPU started them; what the GPU ran, and when, is on another.
    """
    score = scorer()
    score(THREE_WORDS)
    with tf.profiler.experimental.Profile(str(tmp_path / "plain")):
        score(THREE_WORDS).numpy()
    if not on_gpus(profiled(tmp_path / "plain")):
        pytest.skip("the profiler sees no GPU event here: CUPTI is missing, or has no permission")
    planes = profile_of(score, tmp_path / "logs")
    seen = f"none; planes: {', '.join(planes) or 'none'}"
    called = f"{PROFILE}: planes that begin with /device:GPU"
    expect.that(bool(on_gpus(planes)), called=called, expected="one with events", seen=seen)
