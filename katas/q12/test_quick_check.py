"""TensorFlow runs what the quick check asks about, and your predictions are compared."""

import json
import time

import keras
import numpy as np
import tensorflow as tf
from xprof.convert import raw_to_tool_data

from dojo import expect
from katas.q12 import quick_check as answers
from lab.xplane import read

profiler = tf.profiler.experimental
DATASET = tf.data.Dataset.from_tensors(np.ones([4, 4], "float32")).repeat()


@tf.function
def step(x):
    return tf.reduce_sum(x @ x)


def file_in(logdir):
    (file,) = logdir.rglob("*.xplane.pb")
    return str(file)


def tables(logdir, tool):
    options = {"use_saved_result": False}
    return json.loads(raw_to_tool_data.xspace_to_tool_data([file_in(logdir)], tool, options)[0])


def test_steps_without_markers(tmp_path):
    """1. A loop under the profiler, and nothing else.

    How would a tool know where a step begins?
    """
    step(tf.ones([4, 4]))
    with profiler.Profile(str(tmp_path)):
        for batch in DATASET.take(4):
            step(batch)
    steps = len(tables(tmp_path, "overview_page")[1]["rows"])
    called = "STEPS_WITHOUT_MARKERS"
    expect.prediction(answers.STEPS_WITHOUT_MARKERS, steps, called=called)


def test_input_before_the_marker(tmp_path):
    """2. A slow pipeline, and a marker in the body of the loop.

    When does the head of the loop run, and when does the marker begin?
    """

    def nap(x):
        time.sleep(0.1)
        return x

    slow = DATASET.map(lambda x: tf.numpy_function(nap, [x], tf.float32))
    step(tf.ones([4, 4]))
    with profiler.Profile(str(tmp_path)):
        for number, batch in enumerate(slow.take(3)):
            with profiler.Trace("train", step_num=number, _r=1):
                step(tf.ensure_shape(batch, [4, 4]))
    table = tables(tmp_path, "input_pipeline_analyzer")[1]
    ids = [column["id"] for column in table["cols"]]
    rows = [dict(zip(ids, (cell["v"] for cell in row["c"]), strict=True)) for row in table["rows"]]
    waited = sum(row["infeedTimeMs"] for row in rows)
    share = waited / sum(row["stepTimeMs"] for row in rows)
    truth = "most" if share > 0.5 else "next to nothing"
    called = "INPUT_BEFORE_THE_MARKER"
    expect.prediction(
        answers.INPUT_BEFORE_THE_MARKER, truth, called=called, among=("most", "next to nothing")
    )


def test_eager_operations(tmp_path):
    """3. Ten operations in eager mode.

    The table is made of what the executor of a graph tells about its operations.
    """
    x = tf.ones([4, 4])
    with profiler.Profile(str(tmp_path)):
        for _ in range(10):
            tf.matmul(x, x)
    rows = tables(tmp_path, "framework_op_stats")[1]["rows"]
    runs = sum(int(row["c"][4]["v"]) for row in rows if "MatMul" in row["c"][3]["v"])
    expect.prediction(answers.EAGER_OPERATIONS, runs, called="EAGER_OPERATIONS")


def test_steps_of_the_callback(tmp_path):
    """4. What the callback of Keras captures.

    It opens a Trace for each batch. Compare its arguments with those of a marker that works.
    """
    model = keras.Sequential([keras.Input([1]), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    callback = keras.callbacks.TensorBoard(str(tmp_path), profile_batch=(2, 4), write_graph=False)
    x = np.ones([6, 1], "float32")
    model.fit(x, x, batch_size=1, callbacks=[callback], verbose=0)
    steps = len(tables(tmp_path, "overview_page")[1]["rows"])
    called = "STEPS_OF_THE_CALLBACK"
    expect.prediction(answers.STEPS_OF_THE_CALLBACK, steps, called=called)


def test_the_stage_that_runs(tmp_path):
    """5. A map without any arguments.

    What is written is what is asked for. What runs may be something else that gives the same.
    """
    with profiler.Profile(str(tmp_path)):
        for _ in tf.data.Dataset.range(8).batch(2).map(lambda x: x + 1):
            pass
    stages = {event.name.split("#")[0].split("::")[-1] for event in read(file_in(tmp_path))}
    parallel = any(stage.startswith("ParallelMap") for stage in stages)
    expect.prediction(
        answers.STAGE,
        "ParallelMap" if parallel else "Map",
        called="STAGE",
        among=("Map", "ParallelMap"),
    )


def test_two_profilers(tmp_path):
    """6. A profiler is started while one is running.

    Which of the two would an event go to?
    """
    truth = "nothing"
    profiler.start(str(tmp_path / "one"))
    try:
        profiler.start(str(tmp_path / "another"))
    except tf.errors.AlreadyExistsError:
        truth = "raises"
    finally:
        profiler.stop()
    if list(tmp_path.glob("another/**/*.xplane.pb")):
        truth = "starts another one"
    expect.prediction(
        answers.TWO_PROFILERS,
        truth,
        called="TWO_PROFILERS",
        among=("nothing", "starts another one", "raises"),
    )
