import json
import os
import tempfile
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
WORKERS = 2
STEP = 0.5  # what a step with servers adds
CALLED = f"train_worker(…, global_batch={BATCH}, steps={STEPS}) in two workers"
SERVED = "train_with_servers(resolver, work, 12, halfway), where halfway kills a worker"


@pytest.mark.parametrize("index", [0, 1])
def test_each_worker_knows_all_and_which_one_it_is(index):
    """TF_CONFIG names all workers, and says which of them this one is.

    The list is the same on all machines; the index is not. Two workers with one index wait for
    each other for ever.
    """
    workers = ("10.0.0.2:2222", "10.0.0.1:2222")
    called = f"json.loads(tf_config({workers}, {index}))"
    with expect.works(called):
        seen = json.loads(tf_config(workers, index))
    expect.same(
        seen,
        {"cluster": {"worker": list(workers)}, "task": {"type": "worker", "index": index}},
        called=called,
    )


@pytest.mark.parametrize("index", [2, 3, -1])
def test_a_worker_that_is_not_in_the_list_is_refused(index):
    """An index that no worker has is refused at once.

    In a cluster, the others would wait for the missing worker without an end.
    """
    called = f"tf_config(two workers, {index})"
    expect.raises(lambda: tf_config(["a:1", "b:1"], index), ValueError, called=called)


def rows_of(array, index):
    """What lies on the machine of one worker."""
    return array[index * len(X) // WORKERS : (index + 1) * len(X) // WORKERS]


@cache
def on_one_machine():
    """Losses and weights of the same training, in NumPy."""
    w, losses, own = np.zeros((3, 1)), [], BATCH // WORKERS
    for step in range(STEPS):
        now = slice(step * own, (step + 1) * own)
        x, y = (np.concatenate([rows_of(a, i)[now] for i in range(WORKERS)]) for a in (X, Y))
        error = x @ w - y
        losses.append(np.mean(error**2))
        w = w - RATE * 2 * x.T @ error / BATCH
    return np.float32(losses), np.float32(w)


def work_as(index):
    """What runs in one worker."""
    with expect.works(CALLED):
        options = {"global_batch": BATCH, "learning_rate": RATE, "steps": STEPS}
        losses, w = train_worker(rows_of(X, index), rows_of(Y, index), **options)
    return np.float32([float(loss) for loss in losses]), np.asarray(w)


def train_in_two_workers():
    private_network()
    workers = addresses(WORKERS)
    jobs = []
    for index in range(WORKERS):
        task = {"type": "worker", "index": index}
        config = json.dumps({"cluster": {"worker": workers}, "task": task})
        jobs.append(Job(work_as, index, environment={"TF_CONFIG": config}))
    return run_all(jobs, called=CALLED)


@once
def trained():
    return run(train_in_two_workers, called=CALLED, limit=25)


def test_workers_see_the_loss_of_the_whole_batch():
    """Each worker sees the loss of the whole batch, though it has only its own rows.

    A worker's own loss says how it does on its own machine. And a data set that is handed to the
    strategy is divided among the workers, unless it is the worker's own already.
    """
    for index, (losses, _) in enumerate(trained()):
        called = f"the losses of worker {index}, {CALLED}"
        expect.value(losses[:1], on_one_machine()[0][:1], tolerance=1e-4, called=f"{called}, first")
        expect.same(len(losses), STEPS, called=f"the number of {called}")


def test_workers_learn_what_one_machine_learns():
    """All workers have the same weights, those of one machine that has all rows.

    Nothing but communication can do that: no worker has the rows of the other. Whether parts of a
    gradient are summed or averaged decides how each of them is scaled.
    """
    for index, (_, w) in enumerate(trained()):
        called = f"w of worker {index}, {CALLED}"
        expect.value(w, on_one_machine()[1], tolerance=1e-4, called=called)


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


def coordinate(cluster, folder, victim):
    tf.config.threading.set_inter_op_parallelism_threads(4)
    resolver = tf.distribute.cluster_resolver.SimpleClusterResolver(
        tf.train.ClusterSpec(cluster), rpc_layer="grpc"
    )
    before = []

    def halfway():
        before.append(len(os.listdir(folder)))
        psutil.Process(victim).kill()

    with expect.works(SERVED):
        total = train_with_servers(resolver, signed_work(folder), 12, halfway)
    with expect.works("reading the variable that train_with_servers returned"):
        return float(total.read_value()), total.device, before


def coordinate_a_cluster(folder):
    """Two workers and a server, each a process, and a coordinator."""
    private_network()
    server, *workers = addresses(3)
    cluster = {"ps": [server], "worker": workers}
    tasks = [("ps", 0), ("worker", 0), ("worker", 1)]
    started = [start(Job(serve, cluster, kind, index)) for kind, index in tasks]
    try:
        pids = [worker.pid for worker in started]
        return *run(coordinate, cluster, folder, pids[2], called=SERVED), pids
    finally:
        for worker in started:
            end(worker)


@once
def served_in(parent):
    """What came out of a cluster with a coordinator, and the signatures of its steps."""
    folder = tempfile.mkdtemp(dir=parent)
    total, device, before, pids = run(coordinate_a_cluster, folder, called=SERVED, limit=25)
    return total, device, before, pids, [file.read_text() for file in Path(folder).iterdir()]


def served(tmp_path):
    return served_in(tmp_path.parent)  # the same folder for all tests of a run


def test_all_steps_are_done_though_a_worker_dies(tmp_path):
    """A worker dies, and its steps are done by another one.

    That is what asynchronous training with a coordinator is for: a step belongs to no worker. To
    schedule a step is not yet to have done it.
    """
    total, *_ = served(tmp_path)
    expect.value(total, 12 * STEP, called=f"the variable returned by {SERVED}")


def test_the_first_half_is_done_before_halfway(tmp_path):
    """Halfway means that half of the steps are done, not that they are scheduled.

    Nothing tells the caller of `schedule` when its step is over.
    """
    _, _, before, *_ = served(tmp_path)
    called = f"the steps that were done at each call of halfway, {SERVED}"
    expect.same(before, [6], called=called)


def test_the_variable_is_on_the_parameter_server(tmp_path):
    """Variables are on the parameter servers.

    Workers fetch them and send what is to be added: no worker has anything that is lost with it.
    """
    _, device, *_ = served(tmp_path)
    called = f"the device of the variable returned by {SERVED}"
    expect.that("job:ps" in device, called=called, expected="/job:ps/…", seen=device or "none")


def test_steps_run_on_workers(tmp_path):
    """Workers do the work; the coordinator hands it out.

    What is called in the coordinator runs there, strategy or not.
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
    )
