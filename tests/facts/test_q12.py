"""What TensorFlow itself does: the proof behind katas/q12/README.md."""

import glob
import json
import time

import keras
import numpy as np
import pytest
import tensorflow as tf
from xprof.convert import raw_to_tool_data

from lab.xplane import DATA_POOL, GPU, HOST, Event, read, training_step, write

profiler = tf.profiler.experimental
ONES = np.ones([8, 8], "float32")
DATASET = tf.data.Dataset.from_tensors(ONES).repeat()


@tf.function
def step(x):
    return tf.reduce_sum(x @ x)


def nap(x):
    time.sleep(0.1)
    return x


def slow(dataset):
    return dataset.map(lambda x: tf.ensure_shape(tf.numpy_function(nap, [x], tf.float32), [8, 8]))


def file_in(logdir):
    (file,) = glob.glob(f"{logdir}/**/*.xplane.pb", recursive=True)
    return file


def raw(file, tool, **options):
    options = {"use_saved_result": False, **options}
    return raw_to_tool_data.xspace_to_tool_data([str(file)], tool, options)[0]


def tables(logdir, tool, **options):
    return json.loads(raw(file_in(logdir), tool, **options))


def rows(table):
    ids = [column["id"] for column in table["cols"]]
    return [dict(zip(ids, (c["v"] for c in row["c"]), strict=True)) for row in table["rows"]]


def captured(logdir, steps=3, dataset=DATASET, run=step, **marker):
    """A capture of steps, marked with `marker`, after a warm-up of one."""
    batches = iter(dataset)
    run(next(batches))
    with profiler.Profile(str(logdir)):
        for number in range(steps):
            if marker:
                with profiler.Trace("train", step_num=number, **marker):
                    run(next(batches))
            else:
                run(next(batches))
    return logdir


def recorded(logdir, steps=4, also=(), **of_each):
    write([*also, *(e for i in range(steps) for e in training_step(i, **of_each))], logdir)
    return logdir


def warnings(logdir):
    return " ".join(row["c"][1]["v"] for row in tables(logdir, "overview_page")[6]["rows"])


def input_shares(logdir):
    return [
        row["infeedTimeMs"] / row["stepTimeMs"]
        for row in rows(tables(logdir, "input_pipeline_analyzer")[1])
    ]


def test_without_markers_there_are_no_steps(tmp_path):
    captured(tmp_path)
    assert tables(tmp_path, "overview_page")[1]["rows"] == []
    assert "No step marker observed" in warnings(tmp_path)


@pytest.mark.parametrize(
    ("name", "facts", "listed"),
    [
        ("train", {"step_num": 1}, 0),
        ("train", {"_r": 1}, 3),
        ("train", {"_r": 0}, 3),
        ("TraceContext", {"step_num": 1}, 3),
    ],
)
def test_r_or_the_name_marks_a_step_and_step_num_numbers_it(name, facts, listed, tmp_path):
    batches = iter(DATASET)
    step(next(batches))
    with profiler.Profile(str(tmp_path)):
        for number in range(3):
            numbered = {"step_num": number} if "step_num" in facts else {}
            with profiler.Trace(name, **{**facts, **numbered}):
                step(next(batches))
    assert len(tables(tmp_path, "overview_page")[1]["rows"]) == listed


def test_a_run_of_a_function_has_r_and_is_no_step(tmp_path):
    captured(tmp_path)
    runs = [event for event in read(file_in(tmp_path)) if event.name == "FunctionRun"]
    assert runs
    assert all("_r" in run.facts and "step_num" not in run.facts for run in runs)
    assert tables(tmp_path, "overview_page")[1]["rows"] == []


def test_the_callback_of_keras_marks_no_steps(tmp_path):
    model = keras.Sequential([keras.Input([1]), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    callback = keras.callbacks.TensorBoard(str(tmp_path), profile_batch=(2, 4), write_graph=False)
    x = np.ones([6, 1], "float32")
    model.fit(x, x, batch_size=1, callbacks=[callback], verbose=0)
    assert "step_num" in {fact for event in read(file_in(tmp_path)) for fact in event.facts}
    assert tables(tmp_path, "overview_page")[1]["rows"] == []


def test_a_callback_that_does(tmp_path):
    class Marked(keras.callbacks.Callback):
        def on_train_batch_begin(self, batch, logs=None):
            self.marker = profiler.Trace("train", step_num=batch, _r=1)
            self.marker.__enter__()

        def on_train_batch_end(self, batch, logs=None):
            self.marker.__exit__(None, None, None)

    model = keras.Sequential([keras.Input([1]), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    x = np.ones([4, 1], "float32")
    with profiler.Profile(str(tmp_path)):
        model.fit(x, x, batch_size=1, callbacks=[Marked()], verbose=0)
    assert len(tables(tmp_path, "overview_page")[1]["rows"]) == 4


def test_a_batch_fetched_before_the_marker_is_in_no_step(tmp_path):
    captured(tmp_path / "inside", dataset=slow(DATASET), _r=1)
    assert np.mean(input_shares(tmp_path / "inside")) > 0.5
    step(ONES)
    with profiler.Profile(str(tmp_path / "before")):
        for number, batch in enumerate(slow(DATASET).take(3)):
            with profiler.Trace("train", step_num=number, _r=1):
                step(batch)
    assert max(input_shares(tmp_path / "before")) < 0.1


def test_from_six_steps_on_the_first_and_the_last_are_left_out(tmp_path):
    for steps, listed in (5, 5), (6, 4), (8, 6):
        recorded(tmp_path / str(steps), steps=steps)
        assert len(tables(tmp_path / str(steps), "overview_page")[1]["rows"]) == listed


def test_one_profiler_in_a_process(tmp_path):
    profiler.start(str(tmp_path / "one"))
    with pytest.raises(tf.errors.AlreadyExistsError):
        profiler.start(str(tmp_path / "another"))
    profiler.stop()
    with pytest.raises(tf.errors.UnavailableError):
        profiler.stop()
    with pytest.raises(KeyError), profiler.Profile(str(tmp_path / "third")):
        raise KeyError
    assert file_in(tmp_path / "third")
    with pytest.raises(KeyboardInterrupt), profiler.Profile(str(tmp_path / "fourth")):
        raise KeyboardInterrupt
    assert file_in(tmp_path / "fourth")


def test_the_name_of_a_capture_is_the_second(tmp_path):
    names = set()
    for _ in range(8):
        with profiler.Profile(str(tmp_path)):
            step(ONES)
        names |= {path.name for path in tmp_path.glob("plugins/profile/*")}
    assert len(names) < 8


def test_a_first_call_traces(tmp_path):
    @tf.function
    def fresh(x):
        return x + 1.0

    with profiler.Profile(str(tmp_path)):
        fresh(ONES)
        fresh(ONES)
    calls = [e for e in read(file_in(tmp_path)) if "tf_function_call" in e.facts]
    assert [call.name for call in calls] == ["fresh", "fresh"]
    how = [call.facts["tf_function_call"] for call in calls]
    assert how == ["traced-nonXla", "notTraced-nonXla"]


def test_a_call_within_a_call_is_an_event_of_its_own(tmp_path):
    @tf.function
    def inner(x):
        return x * 2.0

    @tf.function
    def outer(x):
        return inner(x) + 1.0

    with profiler.Profile(str(tmp_path)):
        outer(ONES)
        outer(ONES)
    calls = [e for e in read(file_in(tmp_path)) if "tf_function_call" in e.facts]
    calls.sort(key=lambda call: call.start)
    assert [call.name for call in calls] == ["outer", "inner", "outer"]
    assert calls[0].start <= calls[1].start
    assert calls[1].end <= calls[0].end


def test_the_viewer_shortens_the_names_of_operations(tmp_path):
    captured(tmp_path, dataset=slow(DATASET), _r=1)
    entries = json.loads(raw(file_in(tmp_path), "trace_viewer"))["traceEvents"]
    names = {(e["name"], e["args"].get("long_name")) for e in entries if e.get("args")}
    assert ("PyFunc", "PyFunc:PyFunc") in names


def test_tensorflow_stats_has_another_name(tmp_path):
    recorded(tmp_path)
    names = raw_to_tool_data.xspace_to_tool_names([file_in(tmp_path)])
    names = " ".join(names[0] if isinstance(names, tuple) else names)
    assert "framework_op_stats" in names
    assert "tensorflow_stats" not in names
    assert raw(file_in(tmp_path), "tensorflow_stats") is None


def test_the_table_of_operations_has_other_things_in_it(tmp_path):
    recorded(tmp_path, wait=4000.0)
    with_idle, without = tables(tmp_path, "framework_op_stats")
    assert "IDLE" in {row["type"] for row in rows(with_idle)}
    assert "IDLE" not in {row["type"] for row in rows(without)}
    assert "Dataset" in {row["type"] for row in rows(without)}


def test_eager_operations_are_not_in_the_table(tmp_path):
    with profiler.Profile(str(tmp_path)):
        for _ in range(10):
            tf.matmul(ONES, ONES)
    operations = {row["operation"] for row in rows(tables(tmp_path, "framework_op_stats")[1])}
    assert not [name for name in operations if "MatMul" in name]
    assert [e for e in read(file_in(tmp_path)) if "MatMul" in e.name]


def test_a_prefetch_shows_time_in_which_it_waits(tmp_path):
    captured(tmp_path, dataset=slow(DATASET).prefetch(1), _r=1)
    stages = rows(tables(tmp_path, "input_pipeline_analyzer")[2])
    waiting = sum(row["selfTimeInMs"] for row in stages if row["opName"].endswith("::Prefetch"))
    assert waiting > 50


def test_a_saved_result_is_used_again(tmp_path):
    recorded(tmp_path)
    tables(tmp_path, "framework_op_stats", use_saved_result=True)
    recorded(tmp_path, ops={"other/Cholesky:Cholesky": 4000.0})
    stale = rows(tables(tmp_path, "framework_op_stats", use_saved_result=True)[1])
    fresh = rows(tables(tmp_path, "framework_op_stats")[1])
    assert "other/Cholesky" not in {row["operation"] for row in stale}
    assert "other/Cholesky" in {row["operation"] for row in fresh}


def test_a_missing_file_gives_none(tmp_path):
    assert raw(tmp_path / "none.xplane.pb", "overview_page") is None


def test_idle_time_is_not_the_input(tmp_path):
    """Python between batch and call: no share of the input, and a busy op that nobody waits for."""
    recorded(tmp_path / "python", python=7500.0)
    assert max(input_shares(tmp_path / "python")) < 0.2
    busy = [Event(HOST, DATA_POOL, "PyFunc:PyFunc", i * 10_000.0 + 500, 9000.0) for i in range(4)]
    recorded(tmp_path / "ahead", wait=200.0, also=busy)
    assert max(input_shares(tmp_path / "ahead")) < 0.05


def test_on_a_cpu_the_device_is_never_idle(tmp_path):
    captured(tmp_path, dataset=slow(DATASET), _r=1)
    assert tables(tmp_path, "overview_page")[0]["p"]["device_idle_time_percent"] == "0.0%"


def test_what_tf_data_makes_of_a_pipeline(tmp_path):
    def stages(dataset, logdir):
        with profiler.Profile(str(logdir)):
            for _ in dataset:
                pass
        names = (event.name.split("#")[0] for event in read(file_in(logdir)))
        return {name.rsplit("::", 1)[-1] for name in names if "Iterator::" in name}

    numbers = tf.data.Dataset.range(8)
    assert "ParallelMapV2" in stages(numbers.batch(2).map(lambda x: x + 1), tmp_path / "a")
    assert "MapAndBatch" in stages(numbers.map(lambda x: x + 1).batch(2), tmp_path / "b")
    options = tf.data.Options()
    options.experimental_optimization.apply_default_optimizations = False
    plain = numbers.map(lambda x: x + 1).batch(2).with_options(options)
    assert "Map" in stages(plain, tmp_path / "c")


def test_a_stage_says_how_many_calls_it_makes_at_a_time_and_in_which_order(tmp_path):
    numbers = tf.data.Dataset.range(8)
    alone = numbers.map(lambda x: x + 1, num_parallel_calls=1)
    loose = numbers.map(lambda x: x + 1, num_parallel_calls=2, deterministic=False)
    seen = []
    for name, dataset in ("alone", alone), ("loose", loose):
        with profiler.Profile(str(tmp_path / name)):
            for _ in dataset:
                pass
        events = read(file_in(tmp_path / name))
        stage = next(e for e in events if e.name.endswith("::ParallelMapV2"))
        seen.append((stage.facts["parallelism"], stage.facts["deterministic"]))
    assert seen == [(1, "true"), (2, "false")]


def test_map_fn_is_a_loop(tmp_path):
    batches = tf.data.Dataset.range(24).batch(8)
    looped = batches.map(lambda x: tf.map_fn(lambda y: y // 3, x))
    whole = batches.map(lambda x: tf.vectorized_map(lambda y: y // 3, x))
    for name, dataset, runs in ("looped", looped, 24), ("whole", whole, 3):
        with profiler.Profile(str(tmp_path / name)):
            for _ in dataset:
                pass
        names = [event.name for event in read(file_in(tmp_path / name))]
        assert len([n for n in names if n.endswith(":FloorDiv")]) == runs


def test_the_viewer_adds_lines_to_those_of_the_gpu(tmp_path):
    number = {"correlation_id": 900}
    kernel = {**number, "kernel_details": "regs:1", "tf_op": "dense/MatMul:MatMul"}
    launch = Event(HOST, "tf_Compute/1", "cuLaunchKernel", 1300.0, 5.0, number)
    work = [Event(GPU, "Stream #14(Compute)", "gemm", at, 1000.0, kernel) for at in (2e3, 7e3)]
    file = write([*training_step(0), launch, *work], tmp_path)
    entries = [e for e in json.loads(raw(file, "trace_viewer"))["traceEvents"] if e]
    names = {e["args"]["name"] for e in entries if e["name"] == "thread_name"}
    assert {"Stream #14(Compute)", "Steps"} <= names
