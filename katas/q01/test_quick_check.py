"""TensorFlow runs what the quick check asks about, and your predictions are compared."""

import tensorflow as tf

from dojo import expect
from katas.q01 import quick_check as answers

v1 = tf.compat.v1


def outcome(call, *arguments):
    """Whether a call works."""
    try:
        call(*arguments)
    except Exception:
        return "error"
    return "fine"


def sign(x):
    if x > 0.0:
        return 1.0
    return -1.0


def test_eager_execution_on_top_of_an_old_program():
    """1. enable_eager_execution on top of an old program.

    In TF2, eager execution is where everything starts. A placeholder is an op of a graph.
    """
    truth = [
        outcome(v1.enable_eager_execution),
        outcome(v1.placeholder, tf.float32, [None, 3]),
    ]
    expect.prediction(answers.EAGER_ON_TOP, truth, called="EAGER_ON_TOP", among=("fine", "error"))


def test_an_assignment_that_nobody_fetched():
    """2. An assignment whose result nobody asked for.

    A session runs what it was asked for and what that depends on. A tf.function has an order of
    its own for the ops that read and write.
    """
    with tf.Graph().as_default():
        a = v1.get_variable("a", initializer=1.0)
        v1.assign_add(a, 10.0)
        with v1.Session() as session:
            session.run(v1.global_variables_initializer())
            first = session.run(a)

    b = tf.Variable(1.0)

    @tf.function
    def read():
        b.assign_add(10.0)
        return b.read_value()

    truth = [float(first), float(read())]
    expect.prediction(answers.NOBODY_FETCHED_IT, truth, called="NOBODY_FETCHED_IT")


def test_an_if_on_a_tensor():
    """3. A Python `if` on a tensor, in three kinds of graph.

    A symbolic tensor has no truth value that Python could ask for. Something else has to read the
    `if`, and write a graph for it.
    """

    def in_a_graph():
        with tf.Graph().as_default():
            sign(v1.placeholder(tf.float32, []))

    two = tf.constant(2.0)
    truth = [
        outcome(in_a_graph),
        outcome(tf.function(sign), two),
        outcome(tf.function(sign, autograph=False), two),
    ]
    expect.prediction(
        answers.IF_ON_A_TENSOR, truth, called="IF_ON_A_TENSOR", among=("fine", "error")
    )


def test_traces_of_a_loop():
    """4. How often a loop is traced.

    For Python a number is a value, and range(n) is a loop that Python can run by itself. Ask what
    the function is traced for in each case.
    """
    truth = []
    for numbers in ([3, 4, 5], [tf.constant(n) for n in (3, 4, 5)]):
        traces = 0

        @tf.function
        def double(n):
            nonlocal traces
            traces += 1
            x = tf.constant(1.0)
            for _ in range(n):
                x *= 2.0
            return x

        for n in numbers:
            double(n)
        truth.append(traces)
    expect.prediction(answers.TRACES_OF_A_LOOP, truth, called="TRACES_OF_A_LOOP")


def test_an_error_that_nobody_needs():
    """5. An op that fails, and whose result nobody uses.

    Eager mode runs line by line. A graph is optimized before it runs.
    """

    def first_of(x):
        tf.gather(x, 99)
        return x[0]

    x = tf.constant([1.0, 2.0])
    truth = [outcome(first_of, x), outcome(tf.function(first_of), x)]
    expect.prediction(answers.UNUSED_ERROR, truth, called="UNUSED_ERROR", among=("fine", "error"))


def test_a_tf1_checkpoint_restored_by_tf2(tmp_path):
    """6. A checkpoint of TF1, restored by tf.train.Checkpoint.

    TF1 saved variables by their names, TF2 saves them by the attributes that lead to them. Ask
    what an old file can be searched for, and whether somebody checks that all was found.
    """
    prefix = str(tmp_path / "old.ckpt")
    with tf.Graph().as_default(), v1.Session() as session:
        v1.get_variable("w", initializer=5.0)
        session.run(v1.global_variables_initializer())
        v1.train.Saver().save(session, prefix, write_meta_graph=False)

    a, b = tf.Variable(1.0, name="w"), tf.Variable(1.0, name="b")
    try:
        tf.train.Checkpoint(w=b, b=a).restore(prefix)
        truth = [float(a), float(b)]
    except Exception:
        truth = "error"
    expect.prediction(answers.RESTORED, truth, called="RESTORED")


def test_a_loop_of_one_variable():
    """7. A tf.while_loop of one variable, whose body returns a bare tensor.

    In a graph, the loop is an op, and TensorFlow packs what the body returns. In eager mode, it is
    a loop of Python.
    """

    def halved(x):
        return tf.while_loop(lambda x: x > 1.0, lambda x: x / 2.0, [x])

    eight = tf.constant(8.0)
    truth = [outcome(tf.function(halved), eight), outcome(halved, eight)]
    expect.prediction(
        answers.ONE_LOOP_VARIABLE, truth, called="ONE_LOOP_VARIABLE", among=("fine", "error")
    )
