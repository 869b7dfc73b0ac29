import pytest
import tensorflow as tf

from dojo import expect
from katas.q02.diagnose import diagnose

FINE = [-0.25, 0.0, 0.125]
NAN, INF = float("nan"), float("inf")
CALL = "diagnose(logdir)"
TENSORS = {
    "idea": "TensorBoard's reader lists all that TF2 writes under `tensors`, histograms too. Under "
    "`histograms` and `scalars` it has what TF1 wrote.",
    "when": "ValueError|KeyError",
}
A_SAMPLE = "TensorBoard's reader keeps ten points of a tag, unless it is told to keep more."


def log(folder, *steps, kind="grad", order=None):
    """A run in one event file: for each step some histograms, by the variable's path."""
    writer = tf.summary.create_file_writer(str(folder))
    with writer.as_default():
        for step in order or range(len(steps)):
            for path, values in steps[step].items():
                tf.summary.histogram(f"{kind}/{path}", tf.constant(values, tf.float64), step)
    writer.close()


def log_in_files(folder, *parts):
    """A run in several event files, the oldest first: for each the histograms of its steps."""
    for number, steps in enumerate(parts):
        aside = folder / f"{number}"
        log(aside, *steps)
        (file,) = aside.glob("*tfevents*")
        file.rename(folder / f"events.out.tfevents.{1800000000 + 3600 * number}.host.1.0.v2")
        aside.rmdir()


def diagnosed(folder, called=CALL):
    with expect.works(called, **TENSORS):
        states = diagnose(str(folder))
    kind = type(states).__name__
    expect.that(isinstance(states, dict), called=called, expected="a dict", seen=f"a {kind}")
    return states


def same_state(states, path, state, what):
    """The state of a variable that has such a gradient."""
    called = f"the state of a gradient {what}"
    expect.same(states.get(path, "not named"), state, called=called)


def test_each_state_has_its_name(tmp_path):
    """What is too small, too large, zero or no number has a name of its own.

    They look alike in a loss that does not fall, and each has another cause and another cure.
    """
    gradients = {
        "small": ([-5e-7, 2e-7, 0.0], "vanishing"),
        "tiny": ([1e-20, 0.0], "vanishing"),
        "large_enough": ([2e-6, 1e-9], "ok"),
        "large": ([1500.0, 0.5, -3.0], "exploding"),
        "small_enough": ([900.0, -4.0], "ok"),
        "just_too_large": ([0.0, 1000.5], "exploding"),
        "just_not": ([0.0, 1000.0], "ok"),
        "just_large_enough": ([0.0, 1e-6], "ok"),
        "zero": ([0.0, 0.0, 0.0], "dead"),
        "broken": ([0.5, NAN, -0.5], "nan"),
        "endless": ([0.5, INF, -0.5], "nan"),
        "bottomless": ([0.5, -INF, -0.5], "nan"),
    }
    log(tmp_path, {path: values for path, (values, _) in gradients.items()})
    states = diagnosed(tmp_path)
    for path, (values, state) in gradients.items():
        same_state(states, path, state, f"with the values {values}")


def test_the_sign_does_not_matter(tmp_path):
    """The largest absolute value is the size, be it on the left or on the right.

    Gradients are negative as often as positive. Their mean is near 0 even where training is fine,
    and where it explodes.
    """
    gradients = {
        "left": ([-4e4, -0.5, 0.25], "exploding"),
        "below": ([-0.5, -0.25], "ok"),
        "both": ([-0.5, 0.5], "ok"),
        "same": ([0.5, 0.5], "ok"),
        "few": ([2e4, *[0.0] * 9], "exploding"),
    }
    log(tmp_path, {path: values for path, (values, _) in gradients.items()})
    states = diagnosed(tmp_path)
    for path, (values, state) in gradients.items():
        same_state(states, path, state, f"with the values {values}")


def test_the_last_step_counts(tmp_path):
    """A gradient that was too small and has recovered is fine, and the other way round.

    The state is that of the weights as they are now. A mean over the run is of no weights at all.
    """
    gradients = {
        "recovered": ([1e-9, 1e-8, 0.25], "ok"),
        "fading": ([0.5, 1e-4, 1e-8], "vanishing"),
        "calmed": ([1e6, 30.0, 0.5], "ok"),
        "late": ([0.1, 2e3, 5e3], "exploding"),
    }
    steps = [
        {path: [-sizes[step] / 2, sizes[step]] for path, (sizes, _) in gradients.items()}
        for step in range(3)
    ]
    log(tmp_path, *steps)
    states = diagnosed(tmp_path)
    for path, (sizes, state) in gradients.items():
        same_state(states, path, state, f"of size {sizes[0]}, then {sizes[1]}, then {sizes[2]}")


def test_a_nan_at_any_step_counts(tmp_path):
    """One NaN is found, whatever comes after it, be it one of three steps or of 300.

    A gradient that was NaN once has made the weights NaN, or was caught and hides its cause.
    """
    broken = [0.5, NAN]
    after = {
        "kernel": (FINE, "fine"),
        "gate": ([0.0, 0.0], "zero"),
        "bias": ([1e-9, 0.0], "small"),
        "scale": ([1e6, 0.0], "large"),
    }
    later = {path: values for path, (values, _) in after.items()}
    log(tmp_path / "short", dict.fromkeys(after, FINE), dict.fromkeys(after, broken), later)
    states = diagnosed(tmp_path / "short")
    for path, (_, what) in after.items():
        same_state(states, path, "nan", f"that is NaN at step 1, and {what} at step 2")

    writer = tf.summary.create_file_writer(str(tmp_path / "long"))

    @tf.function
    def write(step, values):
        with writer.as_default(step):
            tf.summary.histogram("grad/kernel", values)

    for step in tf.range(300, dtype=tf.int64):
        write(step, tf.constant(FINE if step != 123 else [0.5, NAN, 0.25]))
    writer.close()
    called = "the state of a gradient that is NaN at step 123 of 300"
    found = diagnosed(tmp_path / "long").get("kernel")
    expect.same(found, "nan", called=called, idea=A_SAMPLE)


def test_a_path_is_all_after_grad(tmp_path):
    """Each variable has its whole path, and weights are not judged.

    Paths have as many slashes as a model has levels.
    """
    paths = ("model/encoder/dense/kernel", "model/dense/kernel", "bias", "grad/gate")
    writer = tf.summary.create_file_writer(str(tmp_path))
    with writer.as_default(step=0):
        for path in paths:
            tf.summary.histogram(f"grad/{path}", FINE)
            tf.summary.histogram(f"weight/{path}", [0.0])
    writer.close()
    called = f"{CALL}, with the tags grad/<path> and weight/<path> for four paths"
    expect.same(diagnosed(tmp_path, called), dict.fromkeys(paths, "ok"), called=called)


def test_no_gradients_is_an_error(tmp_path):
    """A run without gradients is refused.

    Nobody has looked at them. An empty answer would say that nothing is wrong with them.
    """
    log(tmp_path, {"dense/kernel": FINE}, kind="weight")
    called = f"{CALL} of a run that has histograms of weights only"
    expect.raises(lambda: diagnose(str(tmp_path)), ValueError, called=called)


@pytest.mark.beyond
def test_the_last_step_may_stand_before_others(tmp_path):
    """Which step is the last one, its number says, not its place in the files.

    Several threads may write to one file, and a resumed run begins at an earlier step.
    """
    first, small, last = ({"kernel": [-size / 2, size]} for size in (0.5, 1e-9, 0.25))
    log(tmp_path / "one", first, small, last, order=(0, 2, 1))
    what = "of size 0.5 at step 0, 0.25 at step 2, and last in the file 1e-9 at step 1"
    same_state(diagnosed(tmp_path / "one"), "kernel", "ok", what)
    log_in_files(tmp_path, [first, {}, last], [{}, small])
    what = "of size 0.5 at step 0, 0.25 at step 2, and in a newer file 1e-9 at step 1"
    same_state(diagnosed(tmp_path), "kernel", "ok", what)


@pytest.mark.beyond
def test_a_run_may_have_several_files(tmp_path):
    """A run that was stopped and resumed has several event files, which belong together.

    Each writer makes a file of its own, and TensorBoard shows all files of a folder as one run.
    """
    parts = {"kernel": [NAN]}, {"kernel": FINE, "gate": FINE}, {"bias": [-5e-9, 1e-8]}
    log_in_files(tmp_path, *([*[{}] * step, part] for step, part in enumerate(parts)))
    right = {"bias": "vanishing", "gate": "ok", "kernel": "nan"}
    called = f"{CALL} of a run in three files; the kernel is NaN in the first, fine in the second"
    expect.same(diagnosed(tmp_path, called), right, called=called)
    log(tmp_path / "other", {"scale": FINE})
    called = f"{CALL} of a run in three files, with another run in a subfolder"
    each = "Each folder with event files is a run of its own."
    expect.same(diagnosed(tmp_path, called), right, called=called, idea=each)


@pytest.mark.beyond
def test_other_tags_do_not_matter(tmp_path):
    """Tags of other kinds are passed over, also if `grad/` is in the middle of their name.

    A run has scalars, texts and images as well, and your colleagues choose their names.
    """
    writer = tf.summary.create_file_writer(str(tmp_path))
    with writer.as_default(step=0):
        tf.summary.scalar("loss", 0.69)
        tf.summary.text("note", "no grad/ here")
        tf.summary.histogram("grad/kernel", FINE)
        for tag in "weight/grad/bias", "upgrad/alpha", "grads/beta":
            tf.summary.histogram(tag, [0.0])
    writer.close()
    called = f"{CALL}, with the tags grad/kernel, weight/grad/bias and others"
    expect.same(diagnosed(tmp_path, called), {"kernel": "ok"}, called=called)
