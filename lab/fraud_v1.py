"""The bank's fraud model, a program of TF1: the one that q01 ports.

It has been through the upgrade script, `tf_upgrade_v2`, which wrote `tf.compat.v1` (here: v1) in
front of what TF2 no longer has. So it runs on the TensorFlow of today, and is still what it was:
a graph, a session, and a checkpoint in which every variable is found by its name.
"""

import numpy as np
import tensorflow as tf

v1 = tf.compat.v1


def build(features: int, hidden: int) -> tuple[tf.Tensor, tf.Tensor]:
    """Add the model to the default graph: its input "x" and its output, the score."""
    x = v1.placeholder(tf.float32, [None, features], name="x")
    with v1.variable_scope("scaler"):
        mean = v1.get_variable("mean", [features], trainable=False)
        scale = v1.get_variable("scale", [features], trainable=False)
    with v1.variable_scope("hidden"):
        kernel = v1.get_variable("kernel", [features, hidden])
        bias = v1.get_variable("bias", [hidden])
        activity = tf.nn.relu(tf.matmul((x - mean) / scale, kernel) + bias)
    with v1.variable_scope("out"):
        kernel = v1.get_variable("kernel", [hidden, 1])
        bias = v1.get_variable("bias", [1])
        score = tf.nn.sigmoid(tf.matmul(activity, kernel) + bias, name="score")
    return x, score


def train(prefix: str, features: int, hidden: int, seed: int, resumable: bool = False) -> None:
    """Train for three steps on made-up transactions, and write a checkpoint.

    Args:
        prefix: where the checkpoint goes: `prefix.index` and `prefix.data-00000-of-00001`.
        resumable: whether the checkpoint also has what it takes to go on training: the number of
            steps, and Adam's two averages for every weight.
    """
    random = np.random.default_rng(seed)
    batch = random.normal(loc=3.0, scale=2.0, size=[32, features]).astype("float32")
    labels = (batch[:, :1] > 3.0).astype("float32")
    with tf.Graph().as_default():
        v1.set_random_seed(seed)
        x, score = build(features, hidden)
        model_variables = v1.global_variables()
        y = v1.placeholder(tf.float32, [None, 1], name="y")
        loss = tf.reduce_mean(tf.square(y - score))
        step = v1.train.get_or_create_global_step()
        train_op = v1.train.AdamOptimizer(0.1).minimize(loss, global_step=step)
        scaler = {v.op.name: v for v in model_variables if v not in v1.trainable_variables()}
        saver = v1.train.Saver(None if resumable else model_variables)
        with v1.Session() as session:
            session.run(v1.global_variables_initializer())
            scaler["scaler/mean"].load(batch.mean(axis=0), session)
            scaler["scaler/scale"].load(batch.std(axis=0), session)
            for _ in range(3):
                session.run(train_op, feed_dict={x: batch, y: labels})
            saver.save(session, prefix, write_meta_graph=False)


def score(prefix: str, batch: np.ndarray) -> np.ndarray:
    """The scores, of shape [n, 1], that the model in the checkpoint gives to `batch`."""
    features, hidden = tf.train.load_checkpoint(prefix).get_tensor("hidden/kernel").shape
    with tf.Graph().as_default():
        x, result = build(features, hidden)
        with v1.Session() as session:
            v1.train.Saver().restore(session, prefix)
            return session.run(result, feed_dict={x: batch})
