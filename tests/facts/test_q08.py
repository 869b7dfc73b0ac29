"""What TensorFlow and Keras do when training is distributed, each in a process of its own."""

import json

import keras
import numpy as np
import pytest
import tensorflow as tf
from tensorflow.experimental import dtensor

from dojo.expectation import ExpectationError
from lab.network import addresses, private_network
from lab.processes import Job, run, run_all

pytestmark = pytest.mark.timeout(90)
GB = 10**9
X = np.ones([8, 3], "float32")


def seen(function, *arguments, devices=1):
    return run(function, *arguments, devices=devices, called=function.__name__, limit=60)


def error_of(call):
    """The kind and the text of what a call raises."""
    try:
        call()
    except Exception as error:
        return type(error).__name__, str(error)
    return "nothing", ""


def short(device):
    return device.split("device:")[-1]


def bytes_for_each_number(policy):
    model = keras.Sequential([keras.Input([3]), keras.layers.Dense(1, dtype=policy)])
    optimizer = keras.optimizers.Adam()
    optimizer.build(model.trainable_variables)
    weights = [weight.value for weight in model.trainable_variables]
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(model(X))
    slots = [slot.value for slot in optimizer.variables if len(slot.shape)]
    kept = [*weights, *tape.gradient(loss, weights), *slots]
    return sum(k.dtype.size * k.shape.num_elements() for k in kept) / model.count_params()


@pytest.mark.parametrize(
    ("policy", "everything"),
    [("float32", 1600), ("mixed_bfloat16", 1600), ("mixed_float16", 1600), ("bfloat16", 800)],
)
def test_what_training_keeps(policy, everything):
    """16 bytes a parameter with Adam, mixed precision or not; 8 in bfloat16."""
    total = 100 * GB * seen(bytes_for_each_number, policy)
    assert total == everything * GB
    assert (total / 8 > 80 * GB) and total / 64 <= 25 * GB


def replicas_by_default():
    return tf.distribute.MirroredStrategy().num_replicas_in_sync


def test_mirrored_takes_logical_cpus():
    assert seen(replicas_by_default, devices=4) == 4


def without_a_tpu():
    resolver = tf.distribute.cluster_resolver.TPUClusterResolver
    named = resolver("local")
    start = tf.tpu.experimental.initialize_tpu_system
    return error_of(resolver)[0], error_of(lambda: start(named))[0]


def test_a_missing_tpu_raises():
    assert seen(without_a_tpu) == ("ValueError", "NotFoundError")


def drifted():
    strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
    with strategy.scope():
        variable = tf.Variable(0.0)

    @tf.function
    def replica():
        replica_id = tf.distribute.get_replica_context().replica_id_in_sync_group
        variable.assign_add(tf.cast(replica_id, tf.float32) + 1.0)

    strategy.run(replica)
    return [float(copy) for copy in strategy.experimental_local_results(variable)]


def test_copies_of_a_mirrored_variable_drift():
    assert seen(drifted, devices=2) == [1.0, 2.0]


def losses_of_a_smaller_last_batch():
    strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])
    rows = tf.data.Dataset.from_tensor_slices(np.float32([1, 2, 3, 4, 5])).batch(4)

    def replica(x):
        replicas = tf.distribute.get_replica_context()
        count = replicas.all_reduce("sum", tf.cast(tf.size(x), tf.float32))
        return tf.reduce_mean(x), tf.reduce_sum(x) / count

    @tf.function
    def step(batch):
        mean, part = strategy.run(replica, args=(batch,))
        return strategy.reduce("mean", mean, axis=None), strategy.reduce("sum", part, axis=None)

    batches = strategy.experimental_distribute_dataset(rows)
    return [[float(loss) for loss in step(batch)] for batch in batches]


def test_a_replica_without_rows_makes_the_mean_nan():
    full, last = seen(losses_of_a_smaller_last_batch, devices=2)
    assert full == [2.5, 2.5]
    assert np.isnan(last[0]) and last[1] == 5.0


def test_no_strategy_is_called_model_parallel():
    assert not [name for name in dir(tf.distribute) if "Model" in name]
    assert tf.experimental.dtensor is dtensor


def scope_in_a_scope():
    strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:2"])
    with strategy.scope(), tf.device("CPU:1"):
        variable = tf.Variable(1.0)
    return [short(copy.device) for copy in strategy.experimental_local_results(variable)]


def test_a_strategy_overrides_a_device_scope():
    assert seen(scope_in_a_scope, devices=3) == ["CPU:0", "CPU:2"]


def kernels():
    with tf.device("CPU:1"):
        constructed, built = keras.layers.Dense(3), keras.layers.Dense(3)
        built.build((None, 3))
    constructed(X)
    return [short(layer.kernel.value.device) for layer in (constructed, built)]


def test_a_scope_around_the_constructor_places_nothing():
    assert seen(kernels, devices=2) == ["CPU:0", "CPU:1"]


def on_a_missing_gpu(soft):
    tf.config.set_soft_device_placement(soft)

    def add():
        with tf.device("GPU:7"):
            return tf.constant(1.0) + 1.0

    return short(add().device) if soft else error_of(add)[0]


def test_soft_placement_hides_a_missing_device():
    soft = seen(on_a_missing_gpu, True)
    assert soft != "GPU:7"
    assert seen(on_a_missing_gpu, False) == "InvalidArgumentError"


def fit():
    strategy = tf.distribute.MultiWorkerMirroredStrategy()
    with strategy.scope():
        model = keras.Sequential([keras.Input([3]), keras.layers.Dense(1)])
        model.compile("sgd", "mse")
    return error_of(lambda: model.fit(X, X[:, :1], batch_size=4, verbose=0))


def loop():
    strategy = tf.distribute.MultiWorkerMirroredStrategy()
    with strategy.scope():
        layer = keras.layers.Dense(1, kernel_initializer="ones")
        layer.build((None, 3))
        optimizer = keras.optimizers.SGD(0.1)
        optimizer.build(layer.trainable_variables)

    @tf.function
    def replica(x):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(layer(x))
        optimizer.apply(tape.gradient(loss, layer.trainable_variables), layer.trainable_variables)

    strategy.run(replica, args=(tf.constant(X),))
    return layer.get_weights()[0].tolist()


def sums(of_a_dataset):
    """The sums over all workers in each step; the first worker has one batch more."""
    strategy = tf.distribute.MultiWorkerMirroredStrategy()
    count = 3 - strategy.cluster_resolver.task_id

    @tf.function
    def step(x):
        return strategy.reduce("sum", strategy.run(tf.reduce_sum, args=(x,)), axis=None)

    def own(context):
        return tf.data.Dataset.from_tensors(np.float32([1, 1])).repeat(count)

    if of_a_dataset:
        return [float(step(batch)) for batch in strategy.distribute_datasets_from_function(own)]
    return [float(step(tf.constant([1.0, 1.0]))) for _ in range(count)]


def sums_of_a_dataset():
    return sums(of_a_dataset=True)


def sums_of_a_loop():
    return sums(of_a_dataset=False)


def two_workers(work, limit=50):
    private_network()
    workers = addresses(2)
    tasks = [{"type": "worker", "index": index} for index in range(2)]
    configs = [json.dumps({"cluster": {"worker": workers}, "task": task}) for task in tasks]
    works = {each.__name__: each for each in (fit, loop, sums_of_a_dataset, sums_of_a_loop)}
    jobs = [Job(works[work], environment={"TF_CONFIG": config}) for config in configs]
    return run_all(jobs, called=work, limit=limit)


def test_fit_of_keras_fails_with_two_workers():
    assert [kind for kind, _ in seen(two_workers, "fit")] == ["ValueError", "ValueError"]


def test_a_loop_with_keras_layers_works_with_two_workers():
    one, other = seen(two_workers, "loop")
    np.testing.assert_allclose(one, np.full([3, 1], 0.8), rtol=1e-5)
    assert one == other


def test_a_distributed_dataset_waits_for_no_rows():
    one, other = seen(two_workers, "sums_of_a_dataset")
    assert one == other == [4.0, 4.0, 2.0]


def test_a_loop_of_unequal_length_hangs():
    """TensorFlow itself takes ten seconds to find out that the other worker is gone."""
    with pytest.raises(ExpectationError, match="no end"):
        seen(two_workers, "sums_of_a_loop", 6)


def test_the_sample_configuration_is_no_json():
    with pytest.raises(TypeError, match="ellipsis"):
        json.dumps({"cluster": {"worker": ["host1:2222", ...]}})


def server_without_a_port():
    spec = tf.train.ClusterSpec({"worker": ["host1:port"]})
    return error_of(lambda: tf.distribute.Server(spec, job_name="worker", task_index=0))


def test_a_port_is_a_number():
    kind, text = seen(server_without_a_port)
    assert kind == "InvalidArgumentError" and "port" in text


def distributed_by_keras():
    parallel = keras.distribution.DataParallel(devices=["cpu:0", "cpu:1"])
    keras.distribution.set_distribution(parallel)
    layer = keras.layers.Dense(3)
    layer.build((None, 3))
    return type(layer.kernel.value).__name__, short(layer.kernel.value.device)


def test_keras_distribution_does_nothing():
    assert seen(distributed_by_keras, devices=2) == ("ResourceVariable", "CPU:0")


def refused_by_dtensor():
    mesh = dtensor.create_mesh([("data", 2)], devices=["CPU:0", "CPU:1"])
    layout = dtensor.Layout(["data", dtensor.UNSHARDED], mesh)
    sharded = dtensor.copy_to_mesh(tf.constant(X), layout)
    odd = error_of(lambda: dtensor.copy_to_mesh(tf.constant(X[:5]), layout))
    return odd, error_of(sharded.numpy)


def test_what_dtensor_refuses():
    odd, read = seen(refused_by_dtensor, devices=2)
    assert "divisible" in odd[1]
    assert read[0] != "nothing"
