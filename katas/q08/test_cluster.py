import json
import os
import tempfile
import time
from functools import cache
from pathlib import Path

import numpy as np
import psutil
import pytest
import tensorflow as tf

from dojo import expect
from katas.q08.cluster import tf_config, train_with_servers, train_worker
from lab.network import addresses, private_network
from lab.processes import Job, end, once, run, run_all, start

pytestmark = pytest.mark.timeout(60)  # a run that hangs is ended long before, with a message

X = np.random.default_rng(8).normal(size=(48, 3)).astype("float32")
Y = (X @ np.float32([[1], [-2], [3]])).astype("float32")
BATCH, RATE, STEPS = 8, 0.05, 3
STEP = 0.5  # what a step with servers adds
SERVED = "train_with_servers(resolver, work, 12, halfway), where halfway kills a worker"


@pytest.mark.parametrize("index", [0, 2])
def test_each_worker_knows_all_and_which_one_it_is(index):
    """TF_CONFIG names all workers, and says which of them this one is.

    The list is the same on all machines; the index is not. Two workers with one index wait for
    each other for ever.
    """
    workers = ("10.0.0.2:2222", "10.0.0.1:2222", "10.0.0.1:2223")
    what = f"json.loads(tf_config({workers}, {index}))"
    with expect.works(what):
        config = json.loads(tf_config(workers, index))
        seen = {part: config[part] for part in ("cluster", "task")}
    expect.same(
        seen,
        {"cluster": {"worker": list(workers)}, "task": {"type": "worker", "index": index}},
        called=what,
    )


def refused(index):
    what = f"tf_config(two workers, {index})"
    expect.raises(lambda: tf_config(["a:1", "b:1"], index), ValueError, called=what)


@pytest.mark.parametrize("index", [2, 3])
def test_a_worker_that_is_not_in_the_list_is_refused(index):
    """An index that no worker has is refused at once.

    In a cluster, the others would wait for the missing worker without an end.
    """
    refused(index)


@pytest.mark.beyond
def test_a_negative_index_is_refused():
    """A negative index does not count from the end.

    Python finds the last worker for -1. In a cluster nobody has the number -1.
    """
    refused(-1)


def called(workers):
    many = {1: "one worker", 2: "two workers"}[workers]
    return f"train_worker(…, global_batch={BATCH}, steps={STEPS}) in {many}"


def rows_of(array, index, workers):
    """What lies on the machine of one worker."""
    return array[index * len(X) // workers : (index + 1) * len(X) // workers]


@cache
def on_one_machine(workers, scale=1, alone=None):
    """Losses and weights of the same training, in NumPy.

    Args:
        scale: multiplies each gradient.
        alone: this worker's part of each gradient is all that there is.
    """
    w, losses, own = np.zeros((3, 1)), [], BATCH // workers
    indices = range(workers) if alone is None else [alone]
    for step in range(STEPS):
        now = slice(step * own, (step + 1) * own)
        x, y = (np.concatenate([rows_of(a, i, workers)[now] for i in indices]) for a in (X, Y))
        error = x @ w - y
        losses.append(np.sum(error**2) / BATCH)
        w = w - scale * RATE * 2 * x.T @ error / BATCH
    return np.float32(losses), np.float32(w)


TOO_LATE = {
    "idea": "The strategy sets up what connects the workers, and has to do so before anything else "
    "of TensorFlow runs in the process.",
    "when": "program startup",
}
FIT = {
    "idea": "`fit` of Keras 3 works with one worker, not with several. The loop is yours.",
    "when": "PerReplica",
}


def work_as(index, workers):
    """What runs in one worker."""
    what = called(workers)
    options = {"global_batch": BATCH, "learning_rate": RATE, "steps": STEPS}
    rows = (rows_of(array, index, workers) for array in (X, Y))
    with (
        expect.works(what),
        expect.works(what, RuntimeError, **TOO_LATE),
        expect.works(what, ValueError, **FIT),
    ):
        losses, w = train_worker(*rows, **options)
        return np.float32([float(loss) for loss in losses]), np.asarray(w)


def train_in(workers):
    private_network()
    cluster = {"worker": addresses(workers)}
    jobs = []
    for index in range(workers):
        task = {"type": "worker", "index": index}
        config = json.dumps({"cluster": cluster, "task": task})
        jobs.append(Job(work_as, index, workers, environment={"TF_CONFIG": config}))
    return run_all(jobs, called=called(workers))


@once
def trained(workers):
    return run(train_in, workers, called=called(workers))


def why_this_loss(loss, index):
    """An idea for the first loss of a worker, if it is a known wrong one; all predictions are 0."""
    own, right = rows_of(Y, index, 2), on_one_machine(2)[0][0]
    alone = "A worker's own loss says how it does on its own machine."
    for value, idea in {
        np.mean(own[: BATCH // 2] ** 2): alone,
        np.mean(own[:BATCH] ** 2): f"{alone} And a step takes `global_batch` rows of all workers.",
        2 * right: "Means that are summed over the workers are too large.",
    }.items():
        if np.isclose(loss, value, rtol=1e-4):
            return idea
    return ""


def test_workers_see_the_loss_of_the_whole_batch():
    """Each worker sees the loss of the whole batch, though it has only its own rows.

    A loss is reduced over the workers, as a gradient is.
    """
    for index, (losses, _) in enumerate(trained(2)):
        what = f"the losses of worker {index}, {called(2)}"
        expect.same(len(losses), STEPS, called=f"the number of {what}", idea="")
        told = {"called": f"{what}, first step", "idea": why_this_loss(losses[0], index)}
        expect.value(losses[:1], on_one_machine(2)[0][:1], tolerance=1e-4, **told)


def close(seen, known):
    return np.shape(seen) == np.shape(known) and np.allclose(seen, known, rtol=1e-3)


ALONE = (
    "No worker has the rows of another, and nobody sends a gradient for you. This worker has "
    "applied its own."
)


def why_these_weights(w, index):
    """An idea for the weights at the end, if they are known wrong ones."""
    for options, idea in (
        ({"scale": 2}, "Sum or mean over the workers: that decides how each part of a gradient is "
         "scaled. A sum of means is too large."),
        ({"alone": index}, ALONE),
        ({"alone": index, "scale": 2}, ALONE),  # the mean of its own rows
    ):  # fmt: skip
        if close(w, on_one_machine(2, **options)[1]):
            return idea
    return ""


def test_workers_learn_what_one_machine_learns():
    """All workers have the same weights, those of one machine that has all rows.

    Nothing but communication can do that.
    """
    for index, (_, w) in enumerate(trained(2)):
        told = {"called": f"w of worker {index}, {called(2)}", "idea": why_these_weights(w, index)}
        expect.value(w, on_one_machine(2)[1], tolerance=1e-4, **told)


@pytest.mark.beyond
def test_one_worker_is_enough():
    """One worker is enough.

    A job may be scaled down to a single machine. TF_CONFIG says how many workers there are, and
    so does the strategy.
    """
    losses, w = trained(1)[0]
    want_losses, want_w = on_one_machine(1)
    half = np.sum(Y[: BATCH // 2] ** 2) / BATCH
    of_two = any(close(losses[:1], [wrong]) for wrong in (half, 2 * half, want_losses[0] / 2))
    told = {"tolerance": 1e-4, "idea": None if of_two else ""}
    expect.value(losses, want_losses, called=f"the losses of {called(1)}", **told)
    expect.value(w, want_w, called=f"w after {called(1)}", **told)


def serve(cluster, kind, index):
    """A task of the cluster; it never returns."""
    threads = tf.compat.v1.ConfigProto(inter_op_parallelism_threads=4)
    spec = tf.train.ClusterSpec(cluster)
    tf.distribute.Server(spec, job_name=kind, task_index=index, config=threads).join()


def signed_work(folder):
    """A function that gives STEP and leaves a file that says which process ran it."""

    def work():
        now = tf.strings.as_string(tf.timestamp(), precision=6)
        threads = tf.io.matching_files(tf.strings.regex_replace(now, ".+", "/proc/self/task/*"))
        signature = tf.strings.reduce_join(threads, separator="\n")
        process = tf.strings.as_string(tf.strings.to_hash_bucket_fast(signature, 2**31))
        file = tf.strings.join([folder, "/", now, "-", process])
        again, body = lambda left, _: left > 0, lambda left, x: (left - 1, tf.tanh(x @ x))
        _, busy = tf.while_loop(again, body, (200, tf.ones([64, 64])))  # a step takes its time
        with tf.control_dependencies([tf.io.write_file(file, signature)]):
            return STEP + 0.0 * busy[0, 0]

    return work


BOUND = {
    "idea": "A step that is bound to one worker is lost with it. Leave it to the coordinator who "
    "does which step.",
    "when": "Unavailable",
}


def busiest(folder, pids):
    """The worker that has signed most steps: one that did them all is not spared."""
    texts = [file.read_text().split("\n") for file in Path(folder).iterdir()]
    return max(pids, key=lambda pid: sum(f"/proc/self/task/{pid}" in text for text in texts))


def coordinate(cluster, folder, workers):
    tf.config.threading.set_inter_op_parallelism_threads(4)
    resolver = tf.distribute.cluster_resolver.SimpleClusterResolver(
        tf.train.ClusterSpec(cluster), rpc_layer="grpc"
    )
    before = []

    def halfway():
        done = len(os.listdir(folder))
        if done >= 6:
            time.sleep(0.5)  # steps that have begun come to an end
        before.append((done, len(os.listdir(folder))))
        psutil.Process(busiest(folder, workers)).kill()

    with expect.works(SERVED, **BOUND):
        total = train_with_servers(resolver, signed_work(folder), 12, halfway)
    with expect.works("reading the variable that train_with_servers returned"):
        return float(total.read_value()), (total.device, total.dtype.name), before


def coordinate_a_cluster(folder):
    """Two workers and a server, each a process, and a coordinator."""
    private_network()
    server, *workers = addresses(3)
    cluster = {"ps": [server], "worker": workers}
    tasks = [("ps", 0), ("worker", 0), ("worker", 1)]
    started = [start(Job(serve, cluster, kind, index)) for kind, index in tasks]
    try:
        pids = [worker.pid for worker in started]
        return *run(coordinate, cluster, folder, pids[1:], called=SERVED), pids
    finally:
        for worker in started:
            end(worker)


@once
def served_in(parent):
    """What came out of a cluster with a coordinator, and the signatures of its steps."""
    folder = tempfile.mkdtemp(dir=parent)
    total, kind, before, pids = run(coordinate_a_cluster, folder, called=SERVED)
    return total, kind, before, pids, [file.read_text() for file in Path(folder).iterdir()]


def served(tmp_path):
    return served_in(tmp_path.parent)  # the same folder for all tests of a run


NOT_WAITED_FOR = "To schedule a step is not yet to have done it."


def test_all_steps_are_done_though_a_worker_dies(tmp_path):
    """A worker dies, and its steps are done by another one.

    That is what asynchronous training with a coordinator is for: a step belongs to no worker.
    """
    total, _, before, *_ = served(tmp_path)
    early = before and before[0][0] < 6
    waited = NOT_WAITED_FOR if early and total < 12 * STEP else ""
    idea = {
        STEP: "A step adds its result to the variable, and does not write over the others.",
        12.0: "A step adds the result of work(), which is not 1.",
    }.get(total, waited)
    expect.value(total, 12 * STEP, called=f"the variable returned by {SERVED}", idea=idea)


def test_the_first_half_is_done_before_halfway(tmp_path):
    """Halfway means that half of the steps are done, not that they are scheduled.

    Nothing tells the caller of `schedule` when its step is over.
    """
    _, _, before, *_ = served(tmp_path)
    at_once, later = ([count[i] for count in before] for i in (0, 1))
    what = f"the steps that were done at each call of halfway, {SERVED}"
    expect.same(at_once, [6], called=what, idea=None if at_once and at_once[0] < 6 else "")
    what = f"the steps that were done half a second later, {SERVED}"
    expect.same(later, [6], called=what, idea="What is scheduled may begin at once.")


def test_the_variable_is_on_the_parameter_server(tmp_path):
    """Variables are on the parameter servers.

    Workers fetch them and send what is to be added: no worker has anything that is lost with it.
    """
    _, (device, dtype), *_ = served(tmp_path)
    what = f"the device of the variable returned by {SERVED}"
    expect.that("job:ps" in device, called=what, expected="/job:ps/…", seen=device or "none")
    what = f"the dtype of the variable returned by {SERVED}"
    expect.same(dtype, "float32", called=what, idea="")


def test_steps_run_on_workers(tmp_path):
    """Workers do the work; the coordinator hands it out.

    What you call in the coordinator runs there, strategy or not.
    """
    if not os.path.isdir("/proc/self/task"):
        pytest.skip("needs /proc to tell who ran a step")
    total, _, _, pids, signatures = served(tmp_path)
    workers = {f"/proc/self/task/{pid}" for pid in pids[1:]}
    by_workers = sum(not workers.isdisjoint(text.split("\n")) for text in signatures)
    expect.that(
        by_workers == len(signatures) >= total / STEP,
        called=f"the steps in which work() ran, {SERVED}",
        expected=f"{max(len(signatures), round(total / STEP))} steps, all of them on workers",
        seen=f"{len(signatures)} steps, {by_workers} of them on workers",
        idea=None if by_workers < len(signatures) else "",
    )
