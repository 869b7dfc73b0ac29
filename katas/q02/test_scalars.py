import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q02.scalars import log_history
from lab.tensorboard import read

# A classifier of two classes that does not learn.
STUCK = {
    "train": {"loss": [0.71, 0.6925, 0.694, 0.6935], "accuracy": [0.49, 0.5, 0.505, 0.5]},
    "val": {"loss": [0.7, 0.695, 0.692, 0.6945], "accuracy": [0.5, 0.51, 0.5, 0.495]},
}


def logged(history, folder):
    """The runs that TensorBoard finds."""
    with expect.works("log_history(logdir, history)"):
        log_history(str(folder), history)
    return read(folder)


def curve(runs, run, metric):
    """The tag of a metric, written for the Scalars tab."""
    called = f"the tag {metric} of the run {run}"
    tag = runs.get(run, {}).get(metric)
    expect.that(
        tag is not None,
        called=called,
        expected="scalars",
        seen=f"no such tag; there are {names(runs)}",
    )
    expect.same(tag.dashboard, "scalars", called=f"the dashboard for {called}")
    return tag


def names(runs):
    """Run and tags, for a message."""
    return "; ".join(f"run {run}: {', '.join(tags) or '-'}" for run, tags in runs.items()) or "none"


def test_every_epoch_is_a_point_of_a_curve(tmp_path):
    """Each metric of each run has its values, with the number of the epoch as their step.

    A point of a curve is a value at a step. Nobody counts the steps for you.
    """
    runs = logged(STUCK, tmp_path / "logs")
    for run, metrics in STUCK.items():
        for metric, values in metrics.items():
            tag, called = curve(runs, run, metric), f"the tag {metric} of the run {run}"
            expect.same(tag.steps, [0, 1, 2, 3], called=f"the steps of {called}")
            for step, (seen, value) in enumerate(zip(tag.values, values, strict=True)):
                expect.value(seen, value, called=f"{called} at step {step}")


def test_a_run_for_each_curve_of_a_chart(tmp_path):
    """There is a run for each key and nothing else: runs share a chart, tags do not.

    TensorBoard draws one chart for a tag, and one line in it for each run. A run is a folder.
    """
    runs = logged(STUCK, tmp_path)
    expect.same(sorted(runs), ["train", "val"], called="the runs that TensorBoard lists")
    for run, tags in runs.items():
        called = f"the tags of the run {run}"
        expect.same(sorted(tags), ["accuracy", "loss"], called=called)


def test_runs_and_metrics_have_any_name_and_length(tmp_path):
    """Runs have any names, and each has metrics and epochs of its own.

    A run may be cut short, and validation may measure what training does not. What is no number
    is a point as well: that is what one looks for.
    """
    history = {
        "fold_1/train": {"loss": [0.5, 0.25, 0.125]},
        "fold_1/val": {"auc": [0.75], "loss": [0.5, 0.375]},
        "baseline": {"recall": [0.0, 0.625]},
        "lr=0.01, no-aug": {"top-5 acc. (%)": [12.5, float("nan"), float("inf")]},
    }
    runs = logged(history, tmp_path)
    for run, metrics in history.items():
        for metric, values in metrics.items():
            tag, called = curve(runs, run, metric), f"the tag {metric} of the run {run}"
            expect.same(len(tag.steps), len(values), called=f"the number of points of {called}")
            expect.value(np.array(tag.values), values, called=f"the values of {called}")


def test_nothing_is_left_behind(tmp_path):
    """What the rest of the program logs does not end up in these files.

    A default writer, and a default step, belong to the whole thread until somebody changes them.
    """
    logged(STUCK, tmp_path)
    taken = bool(tf.summary.scalar("loss", 1.0, step=99))
    expect.same(taken, False, called="whether a tf.summary.scalar afterwards finds a writer")
    step = tf.summary.experimental.get_step()
    called = "tf.summary.experimental.get_step() afterwards"
    expect.that(step is None, called=called, expected="None", seen=str(step))
