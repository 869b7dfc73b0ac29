import pytest

from dojo import expect
from katas.q02.scalars import log_history
from lab.tensorboard import defaults_left, read

CALL = "log_history(logdir, history)"
STEPS = "A point of a curve is a value at a step. Nobody counts the steps for you."
CHARTS = "TensorBoard draws a chart for each tag, and in it a line for each run. A run is a folder."
SILENT = (
    "tf.summary writes to the default writer. Without one it writes nothing, and says nothing. "
    "A writer keeps points in a buffer until it is left, flushed or closed."
)
IN_A_LOOP = "In a loop that became part of a graph, the name of the loop becomes part of the tag."

# A classifier of two classes that does not learn.
STUCK = {
    "train": {"loss": [0.71, 0.6925, 0.694, 0.6935], "accuracy": [0.49, 0.5, 0.505, 0.5]},
    "val": {"loss": [0.7, 0.695, 0.692, 0.6945], "accuracy": [0.5, 0.51, 0.5, 0.495]},
}


def logged(history, folder, exactly=False, idea=None):
    """The runs that TensorBoard finds. All of the history are there, for the Scalars tab."""
    with expect.works(CALL, idea=STEPS, when="No step set"):
        log_history(str(folder), history)
    runs = read(folder)
    wanted = {(run, metric) for run, metrics in history.items() for metric in metrics}
    found = {(run, tag) for run, tags in runs.items() for tag in tags}
    expect.that(
        found >= wanted and not (exactly and (found > wanted or runs.keys() > history.keys())),
        called=f"{CALL}: the runs, and their tags",
        expected=listed(history),
        seen=listed(runs) or "none",
        idea=reason(runs, history, idea),
    )
    for run, metric in sorted(wanted):
        called = f"the tab for the tag {metric} of the run {run}"
        own = "Each kind of summary has a tab of its own: scalars, histograms, images, text."
        expect.same(runs[run][metric].dashboard, "scalars", called=called, idea=own)
    return runs


def listed(runs):
    """Runs and tags, for a message."""
    return "; ".join(f"{run}: {', '.join(sorted(tags)) or 'nothing'}" for run, tags in runs.items())


def reason(runs, history, idea):
    """What explains that runs and tags are not those of the history."""
    tags = [tag for tags in runs.values() for tag in tags]
    if not tags:
        return SILENT
    if any(tag.startswith("while/") for tag in tags):
        return IN_A_LOOP
    mixed_up = "." in runs or history.keys() & set(tags)
    return CHARTS if mixed_up or not idea else idea


def test_a_run_for_each_curve_of_a_chart(tmp_path):
    """There is a run for each key, with a tag for each metric, and no other.

    TensorBoard draws a chart for each tag, and in it a line for each run.
    """
    logged(STUCK, tmp_path, exactly=True)


def test_every_epoch_is_a_point_of_a_curve(tmp_path):
    """Each value is a point at the number of its epoch, from 0.

    A point of a curve is a value at a step. Nobody counts the steps for you.
    """
    runs = logged(STUCK, tmp_path)
    for run, metrics in STUCK.items():
        for metric, values in metrics.items():
            tag, right = runs[run][metric], points(range(len(values)), values)
            expect.that(
                points(tag.steps, tag.values) == right,
                called=f"the points of {metric} in the run {run}, as step: value",
                expected=right,
                seen=points(tag.steps, tag.values),
                idea=None if tag.steps != [0, 1, 2, 3] else "",
            )


def points(steps, values):
    return ", ".join(f"{step}: {each:.6g}" for step, each in zip(steps, values, strict=True))


def test_nothing_is_left_behind(tmp_path):
    """What the rest of the program logs does not end up in these files.

    A default writer, and a default step, belong to the whole thread until somebody changes them.
    """
    with expect.works(CALL, idea=STEPS, when="No step set"):
        log_history(str(tmp_path), STUCK)
    expect.same(defaults_left(), [], called=f"the defaults of tf.summary after {CALL}")


@pytest.mark.beyond
def test_names_may_have_any_signs(tmp_path):
    """Runs and metrics keep their names, with slashes, spaces and signs.

    A slash in the name of a run is a folder within a folder. TensorBoard shows other signs as they
    are.
    """
    history = {
        "fold_1/val": {"loss": [0.5, 0.25]},
        "lr=0.01, no-aug": {"top-5 acc. (%)": [12.5, 20.0], "loss/aux": [0.75]},
    }
    logged(history, tmp_path, idea="What TensorBoard shows is what you wrote, sign by sign.")


def same_values(history, runs, idea):
    """Each metric has these values, whatever their steps are."""
    for run, metrics in history.items():
        for metric, values in metrics.items():
            seen = [f"{value:.6g}" for value in runs[run][metric].values]
            right = [f"{value:.6g}" for value in values]
            called = f"the values of {metric} in the run {run}"
            expect.that(
                seen == right,
                called=called,
                expected=", ".join(right),
                seen=", ".join(seen),
                idea=idea,
            )


@pytest.mark.beyond
def test_runs_and_metrics_differ(tmp_path):
    """Each run has metrics of its own, and each metric its own number of epochs.

    A run may be cut short, and validation may measure what training does not.
    """
    history = {
        "baseline": {"recall": [0.25], "loss": [0.5, 0.25, 0.75], "f1": [0.5, 1.0]},
        "test": {"auc": [0.75]},
    }
    cut = "A run may be cut short, and validation may measure what training does not."
    same_values(history, logged(history, tmp_path, idea=cut), cut)


@pytest.mark.beyond
def test_nan_and_zero_are_points(tmp_path):
    """NaN, infinity and 0.0 are points like all others.

    NaN is what you look for in a curve. And 0.0 is a value, though Python counts it as false.
    """
    history = {"train": {"loss": [0.0, 12.5, float("nan"), float("inf")]}}
    own = (
        "NaN is what you look for in a curve. And 0.0 is a value, though Python counts it as false."
    )
    same_values(history, logged(history, tmp_path), own)
