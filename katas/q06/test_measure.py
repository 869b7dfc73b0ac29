"""Tests of `benchmark` and `dispatches`: on a simulated clock, and on real profiles."""

import contextlib
import os

import pytest
import tensorflow as tf

from dojo import expect
from katas.q06.measure import benchmark, dispatches


class Simulation:
    """A step on a machine where time passes only as planned.

    A call returns after its duration; a queue then works on its result, one after the other.
    """

    def __init__(self, durations, working=0.0):
        self.durations, self.working = durations, working
        self.now, self.calls, self.ready_at, self.waited = 0.5, 0, [0.0], set()

    def clock(self):
        return self.now

    def step(self, x, y):
        self.now += self.durations[min(self.calls, len(self.durations) - 1)]
        self.calls += 1
        self.ready_at.append(max(self.now, self.ready_at[-1]) + self.working)
        return tf.constant(self.calls)

    def wait(self, result):
        expect.that(
            isinstance(result, tf.Tensor) and result.dtype == tf.int32 and result.shape == (),
            called="benchmark(step, (x, y), ..., wait=wait)\nwhat wait is called with",
            expected="a result of step",
            seen=expect.kind_of(result),
        )
        self.waited.add(int(result))
        self.now = max(self.now, self.ready_at[int(result)])

    def benchmark(self, warmup, runs):
        batch = (tf.zeros([4, 2]), tf.zeros([4, 1]))
        called = f"benchmark(step, (x, y), warmup={warmup}, runs={runs}, ...)"
        taken = "`args` is a tuple of the arguments. Here they are two, and step(x, y) is called."

        def step(x, y):
            return self.step(x, y)

        step.__qualname__ = "step"  # which a TypeError names
        with expect.works(called, idea=taken, when="positional argument"):
            return benchmark(
                step, batch, warmup=warmup, runs=runs, clock=self.clock, wait=self.wait
            )


NO_TIME = "Time passes on `clock` only, while `step` and `wait` are running."
SMALL = "A compiled step may take less than a millisecond."


def expect_seconds(measured, *, called, idea=None, **expected):
    keys = sorted(measured) if isinstance(measured, dict) else None
    expect.same(keys, ["first_s", "median_s"], called=f"{called}\nthe keys of the result")
    for key, seconds in expected.items():
        told = f"{called}\nits {key}"
        seen = measured[key]
        about = idea
        small = seconds < 1e-3
        if isinstance(seen, (int, float)) and abs(seen) < (1e-4 if small else 1e-2):
            about = SMALL if small else NO_TIME
        expect.value(seen, seconds, tolerance=1e-6, called=told, idea=about)


def test_the_first_call_is_told_apart():
    """What the first call takes is reported by itself.

    The first call traces. It is paid once, and matters if you start many short jobs.
    """
    slower = "The first call is often the slowest, and need not be: here, later ones are slower."
    for durations, told, idea in (
        ([5.0, 0.1], "calls take 5 s, then 0.1 s each", None),
        ([0.2, 0.3, 9.0, 0.1], "calls take 0.2, 0.3, 9, then 0.1 s each", slower),
        ([4e-4, 2e-4], "calls take 0.0004 s, then 0.0002 s each", None),
    ):
        expect_seconds(
            Simulation(durations).benchmark(warmup=2, runs=5),
            first_s=durations[0],
            called=f"benchmark(step, ..., warmup=2, runs=5): {told}",
            idea=idea,
        )


def test_the_warm_up_is_left_out():
    """The median is taken over the calls after the warm-up.

    A step that traces, fills caches or allocates memory says nothing about the thousandth.
    """
    simulation = Simulation([5.0, 1.0, 1.0, 1.0, 0.1])
    expect_seconds(
        simulation.benchmark(warmup=4, runs=2),
        median_s=0.1,
        called="benchmark(step, ..., warmup=4, runs=2): calls take 5, 1, 1, 1, then 0.1 s each",
    )


def test_a_hiccup_does_not_move_the_result():
    """A single slow call leaves the median where the other calls are.

    Other programs use the machine, too. The median asks what a usual call takes.
    """
    for durations, median in (
        ([0.1, 0.3, 9.0, 0.2], 0.25),
        ([0.8, 0.1, 0.2, 9.0, 0.7, 0.1, 0.3, 0.1, 0.9], 0.3),
        ([4e-4, 4e-4, 9.0, 4e-4, 4e-4], 4e-4),
    ):
        runs = len(durations)
        told = ", ".join(f"{seconds:g}" for seconds in durations)
        expect_seconds(
            Simulation([0.2, 0.3, *durations]).benchmark(warmup=2, runs=runs),
            median_s=median,
            called=f"benchmark(step, ..., warmup=2, runs={runs}): the {runs} calls take\n{told} s",
        )


def test_a_call_lasts_until_its_result_is_there():
    """Every duration includes the wait for the result.

    On an accelerator, a call comes back as soon as the work is in a queue. What the warm-up has
    left in the queue delays the calls after it.
    """
    for warmup, runs in ((1, 3), (3, 1)):
        simulation = Simulation([0.1], working=0.9)
        called = f"benchmark(step, ..., warmup={warmup}, runs={runs}):\n"
        called += "calls return after 0.1 s, each result takes 0.9 s more of a queue"
        measured = simulation.benchmark(warmup=warmup, runs=runs)
        expect_seconds(measured, first_s=1.0, median_s=1.0, called=called)
        called += "\nhow many results nobody waits for"
        expect.same(simulation.calls - len(simulation.waited), 0, called=called)


def test_the_step_is_called_as_often_as_said():
    """The step is called `warmup + runs` times, and not once more.

    A training step changes the model. You want to know how often a benchmark does that.
    """
    for warmup, runs in ((3, 4), (1, 2), (2, 1)):
        simulation = Simulation([0.1])
        simulation.benchmark(warmup=warmup, runs=runs)
        called = f"benchmark(step, ..., warmup={warmup}, runs={runs})\ncalls of step"
        expect.same(simulation.calls, warmup + runs, called=called)


def test_a_compiled_call_is_one_dispatch(tmp_path):
    """A compiled function is one dispatch, as every eager op is.

    This is what compiling saves: not the arithmetic, but the way from Python to each op.
    """
    matrix = tf.eye(2)

    def eager():
        x = matrix
        for _ in range(5):
            x = tf.matmul(x, matrix)
        return x

    compiled = tf.function(eager)
    compiled()  # traces
    cases = (
        ("lambda: compiled()", compiled, 1),
        ("lambda: [compiled(), compiled(), compiled()]", lambda: [compiled() for _ in "abc"], 3),
        ("lambda: eager()", eager, 5),
    )
    for i, (fn, call, expected) in enumerate(cases):
        seen = dispatches(call, str(tmp_path / str(i)))
        expect.value(
            seen,
            expected,
            dtype="int64",
            called=f"dispatches({fn}, logdir)\nwhere eager() multiplies matrices 5 times and "
            "compiled = tf.function(eager), traced before",
            idea=None if isinstance(seen, int) else "",
        )


def test_the_profile_stays(tmp_path):
    """`fn` runs once, and its profile stays in `logdir`.

    Profiles are kept to be compared: before the change, and after.
    """
    runs = []
    dispatches(lambda: runs.append(tf.add(1.0, 1.0)), str(tmp_path))
    called = "dispatches(fn, logdir)"
    changed = "A step that changes something, when run twice, has changed it twice."
    expect.same(len(runs), 1, called=f"{called}\nhow often fn has run", idea=changed)
    kept = len([*tmp_path.glob("plugins/profile/*/*.xplane.pb")])
    expect.same(kept, 1, called=f"{called}\nprofiles in logdir afterwards")


def test_an_older_profile_is_not_counted(tmp_path):
    """Only the profile of this run is counted, and older ones stay.

    A folder of profiles fills up with every run. The older ones are about other programs.
    """
    expect_one_op_beside("2020_01_01_12_00_00", tmp_path)


@pytest.mark.beyond
def test_older_profiles_have_any_name(tmp_path):
    """An older profile may have been renamed, and is still not counted.

    People rename what they want to keep. The name then says nothing of its age.
    """
    expect_one_op_beside("2099 before the change", tmp_path)


def expect_one_op_beside(name, logdir):
    """A run of one op is one dispatch, though a profile of three is in the folder `name`."""
    one = tf.constant(1.0)
    dispatches(lambda: [tf.add(one, one) for _ in range(3)], str(logdir))
    called = "dispatches(fn, logdir)"
    profiles = [*logdir.glob("plugins/profile/*/*.xplane.pb")]
    expect.same(len(profiles), 1, called=f"{called}\nprofiles in logdir afterwards", idea="")
    before = profiles[0].parent.rename(profiles[0].parent.with_name(name))
    for path in (*before.iterdir(), before):
        os.utime(path, (1577880000, 1577880000))
    seen = dispatches(lambda: tf.add(one, one), str(logdir))
    profiles = [*logdir.glob("plugins/profile/*/*.xplane.pb")]
    expect.same(len(profiles), 2, called=f"{called}, once more\nprofiles in logdir afterwards")
    told = f"{called}\nfor 1 eager op, with an older profile of 3 ops in logdir"
    told += f"\nas plugins/profile/{name}/<host>.xplane.pb"
    idea = None if seen in (3, 4) else ""  # the older one was counted, or is all that was
    expect.value(seen, 1, dtype="int64", called=told, idea=idea)


@pytest.mark.beyond
def test_the_profiler_stops_when_the_step_fails(tmp_path):
    """An exception comes out, and the next profile can be taken.

    There is one profiler in the process. If you start it, you have to stop it, come what may.
    """
    lost = "The caller has to learn that fn has failed, and by which exception."
    stop = "There is one profiler in the process, and it is still running."
    interrupt = " Ctrl-C raises KeyboardInterrupt, which is no Exception."
    for kind in (ArithmeticError, KeyboardInterrupt):
        called = f"dispatches(fn, logdir), where fn raises {kind.__name__}"

        error = kind("while fn runs")

        def fails(error=error):
            raise error

        try:
            raised = expect.raises(
                lambda fn=fails: dispatches(fn, str(tmp_path / "a")),
                kind,
                called=called,
                idea=lost,
            )
            expect.that(
                raised is error,
                called=called,
                expected=f"the {kind.__name__} that fn raised",
                seen=f"another {kind.__name__}: {raised}",
                idea="Another exception has lost what this one carries: where it was raised, say.",
            )
            idea = stop + interrupt * (kind is KeyboardInterrupt)
            again = f"{called}\nthen: start the profiler again"
            with expect.works(again, idea=idea, when="AlreadyExists"):
                tf.profiler.experimental.start(str(tmp_path / "b"))
        finally:
            with contextlib.suppress(tf.errors.UnavailableError):  # none is running
                tf.profiler.experimental.stop(save=False)
