import tensorflow as tf

from dojo import expect
from katas.q02.diagnose import diagnose

FINE = [-0.25, 0.0, 0.125]
NAN, INF = float("nan"), float("inf")


def log(folder, *steps, kind="grad", order=None):
    """A run in one event file: for each step some histograms, by the variable's path."""
    writer = tf.summary.create_file_writer(str(folder))
    with writer.as_default():
        for step in order or range(len(steps)):
            for path, values in steps[step].items():
                tf.summary.histogram(f"{kind}/{path}", tf.constant(values), step)
    writer.close()


def diagnosed(folder, called="diagnose(logdir)"):
    with expect.works(called):
        states = diagnose(str(folder))
    kind = type(states).__name__
    expect.that(isinstance(states, dict), called=called, expected="a dict", seen=f"a {kind}")
    return states


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
        "zero": ([0.0, 0.0, 0.0], "dead"),
        "broken": ([0.5, NAN, -0.5], "nan"),
        "endless": ([0.5, INF, -0.5], "nan"),
    }
    log(tmp_path, {path: values for path, (values, _) in gradients.items()})
    states = diagnosed(tmp_path)
    called = "the paths in diagnose(logdir), for a run with one step"
    expect.same(sorted(states), sorted(gradients), called=called)
    for path, (values, state) in gradients.items():
        expect.same(states[path], state, called=f"the state of a gradient with the values {values}")


def test_the_last_step_counts(tmp_path):
    """A gradient that was too small and has recovered is fine, and the other way round.

    The state is that of the weights as they are now. A mean over the run is of no weights at all.
    Which step is the last one, its number says, not its place in the file.
    """
    gradients = {
        "recovered": ([1e-9, 1e-8, 0.25], "ok"),
        "fading": ([0.5, 1e-4, 1e-8], "vanishing"),
        "calmed": ([1e6, 30.0, 0.5], "ok"),
        "late": ([0.1, 2e3, 5e3], "exploding"),
    }
    steps = [{path: [sizes[step]] for path, (sizes, _) in gradients.items()} for step in range(3)]
    log(tmp_path, *steps, order=(0, 2, 1))
    states = diagnosed(tmp_path)
    for path, (sizes, state) in gradients.items():
        called = f"the state of a gradient of size {sizes[0]}, then {sizes[1]}, then {sizes[2]}"
        expect.same(states.get(path), state, called=called)


def test_a_nan_at_any_step_counts(tmp_path):
    """One NaN in 300 steps is found, whatever comes after it.

    A gradient that was NaN once has left its mark. A reader that is not told to keep every point
    keeps a sample.
    """
    writer = tf.summary.create_file_writer(str(tmp_path))

    @tf.function
    def write(step, values):
        with writer.as_default(step):
            tf.summary.histogram("grad/dense/kernel", values)

    for step in tf.range(300, dtype=tf.int64):
        write(step, tf.constant(FINE if step != 123 else [0.5, NAN, 0.25]))
    writer.close()
    called = "diagnose(logdir)['dense/kernel'], with NaN at step 123 of 300"
    expect.same(diagnosed(tmp_path).get("dense/kernel"), "nan", called=called)


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
        "just": ([0.0, 1000.5], "exploding"),
        "just not": ([0.0, 1000.0], "ok"),
    }
    log(tmp_path, {path: values for path, (values, _) in gradients.items()})
    states = diagnosed(tmp_path)
    for path, (values, state) in gradients.items():
        called = f"the state of a gradient with the values {values}"
        expect.same(states.get(path), state, called=called)


def test_a_path_is_all_after_grad(tmp_path):
    """Gradients are judged and nothing else, each under the whole path of its variable.

    Paths have as many slashes as a model has levels.
    """
    writer = tf.summary.create_file_writer(str(tmp_path))
    with writer.as_default(step=0):
        tf.summary.scalar("loss", 0.69)
        for tag in "grad/model/encoder/dense/kernel", "grad/bias", "grad/grad/gate":
            tf.summary.histogram(tag, FINE)
        for tag in "weight/dense/kernel", "weight/grad/bias", "upgrad/alpha":
            tf.summary.histogram(tag, [0.0])
    writer.close()
    right = {"model/encoder/dense/kernel": "ok", "bias": "ok", "grad/gate": "ok"}
    called = "diagnose(logdir), with tags under grad/, weight/ and others"
    expect.same(diagnosed(tmp_path, called), right, called=called)


def test_a_run_may_have_several_files(tmp_path):
    """A run that was stopped and resumed has several event files, which belong together.

    Each writer makes a file of its own, and TensorBoard shows all files of a folder as one run.
    """
    parts = {"kernel": [NAN]}, {"gate": [0.0]}, {"bias": [1e-8, -1e-8]}
    for number, gradients in enumerate(parts):
        aside = tmp_path / f"{number}"
        log(aside, *[{}] * number, gradients)
        (file,) = aside.glob("*tfevents*")
        file.rename(tmp_path / f"events.out.tfevents.{1800000000 + 3600 * number}.host.1.0.v2")
        aside.rmdir()
    right = {"bias": "vanishing", "gate": "dead", "kernel": "nan"}
    called = "diagnose(logdir) of a run in three files"
    expect.same(diagnosed(tmp_path, called), right, called=called)


def test_no_gradients_is_an_error(tmp_path):
    """A run without gradients is refused: nobody has looked, which is not "nothing is wrong".

    Keras's callback for TensorBoard logs weights and no gradients.
    """
    log(tmp_path, {"dense/kernel": FINE}, kind="weight")
    called = "diagnose(logdir) of a run that has histograms of weights only"
    expect.raises(lambda: diagnose(str(tmp_path)), ValueError, called=called)
