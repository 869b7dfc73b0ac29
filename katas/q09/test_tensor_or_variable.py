from math import nan

import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q09.tensor_or_variable import replaced, snapshot, write_at


def test_replaced_gives_a_new_tensor_with_another_row():
    """A new tensor has the row, and the old tensor stays as it was.

    A tensor is a value and never changes. Other values are another tensor, built from the
    first: here all rows but one are the old ones. What the row held that goes does not matter;
    in arithmetic it would, as nan times 0 is nan, and there is none for True and False.
    """
    tensor = tf.constant([[nan, 2.0], [3.0, 4.0]])
    for index, expected in (0, [[7.0, 8.0], [3.0, 4.0]]), (1, [[nan, 2.0], [7.0, 8.0]]):
        called = f"replaced([[nan, 2.0], [3.0, 4.0]], index {index}, row [7.0, 8.0])"
        with expect.works(called):
            new = replaced(tensor, index, [7.0, 8.0])
        expect.tensor(new, expected, called=called)
    expect.tensor(tensor, [[nan, 2.0], [3.0, 4.0]], called="the tensor that was given to it")
    called = "replaced([True, False], index 1, row True)"
    with expect.works(called):
        new = replaced(tf.constant([True, False]), 1, tf.constant(True))
    expect.tensor(new, [True, True], called=called)


def test_replaced_works_in_a_graph():
    """In a tf.function it replaces a row that is known only at run time.

    A graph holds ops on tensors. What is not an op, such as work on NumPy arrays, cannot be part
    of it, and neither can anything that asks for a value while the function is traced.
    """

    @tf.function(
        input_signature=[
            tf.TensorSpec([None], tf.int64),
            tf.TensorSpec([], tf.int32),
            tf.TensorSpec([], tf.int64),
        ]
    )
    def compiled(vector, index, value):
        return replaced(vector, index, value)

    vector, new = tf.constant([1, 2, 3], tf.int64), tf.constant(9, tf.int64)
    with expect.works("replaced([1, 2, 3], index 1, row 9) in a tf.function"):
        middle, last = compiled(vector, 1, new), compiled(vector[:2], 1, new)
    called = "replaced({}, index 1, row 9) in a tf.function"
    expect.tensor(middle, [1, 9, 3], dtype=tf.int64, called=called.format("[1, 2, 3]"))
    expect.tensor(last, [1, 9], dtype=tf.int64, called=called.format("[1, 2]"))


def test_write_at_changes_the_variable_itself():
    """A write is seen by everyone who holds the variable.

    A variable is storage with an identity. A write goes to that storage, whatever the number of
    names, layers or compiled functions that hold it, and whatever was there before, be it nan.
    """
    variable = tf.Variable([[nan, 2.0], [3.0, 4.0]])
    another_name = variable
    called = (
        "write_at([[nan, 2.0], [3.0, 4.0]], index 0, row [7.0, 8.0]), then a read by another name"
    )
    with expect.works(called):
        write_at(variable, 0, [7.0, 8.0])
    expect.value(another_name, [[7.0, 8.0], [3.0, 4.0]], called=called)
    variable = tf.Variable([True, False])
    called = "write_at([True, False], index 1, row True)"
    with expect.works(called):
        write_at(variable, 1, tf.constant(True))
    expect.value(variable, [True, True], called=called)


def test_write_at_writes_each_time_the_graph_runs():
    """In a tf.function, every call writes to the row that it was given.

    The write has to be an op of the graph, with the index and the value as its inputs. What
    Python does to names and lists happens once, while the function is traced.
    """
    variable = tf.Variable([1.0, 2.0, 3.0])

    @tf.function
    def double(index):
        write_at(variable, index, 2.0 * variable[index])

    called = "calls of a tf.function that doubles element 2, element 2 again, then element 0"
    with expect.works(called):
        for index in (2, 2, 0):
            double(tf.constant(index))
    expect.value(variable, [2.0, 2.0, 12.0], called=called)


def test_rows_of_any_shape():
    """The first dimension counts the rows, however many dimensions follow.

    A row of a matrix is a vector, and a row of what has three dimensions is a matrix. Its index is
    a position, whether it comes as a Python int, an int32 or an int64.
    """
    tensor = tf.constant([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])
    variable = tf.Variable(tensor)
    index, row = tf.constant(1, tf.int64), tf.constant([[9, 10], [11, 12]])
    expected = [[[1, 2], [3, 4]], [[9, 10], [11, 12]]]
    called = "{}(shape (2, 2, 2), an int64 index 1, row [[9, 10], [11, 12]])"
    with expect.works(called.format("replaced")):
        new = replaced(tensor, index, row)
    expect.tensor(new, expected, called=called.format("replaced"))
    with expect.works(called.format("write_at")):
        write_at(variable, index, row)
    expect.value(variable, expected, called=called.format("write_at"))


def test_plain_numbers_become_a_row():
    """Plain numbers become a row in the dtype of the others.

    They have no dtype of their own. TensorFlow makes an int32 or float32 of them if it is told no
    other. What is too large, small or fine for that is lost before it is cast to anything else.
    """
    tensor = tf.constant([1.0, 2e-50], tf.float64)
    variable = tf.Variable(tensor)
    expected = np.array([1.0, 1e-50])
    called = "{}([1.0, 2e-50] in float64, index 1, row 1e-50)"
    with expect.works(called.format("replaced")):
        new = replaced(tensor, 1, 1e-50)
    expect.tensor(new, expected, tolerance=0, called=called.format("replaced"))
    with expect.works(called.format("write_at")):
        write_at(variable, 1, 1e-50)
    expect.value(variable, expected, tolerance=0, called=called.format("write_at"))

    odd = 2**53 + 1
    called = "replaced([1, 2] in int64, index 1, row 2**53 + 1)"
    with expect.works(called):
        new = replaced(tf.constant([1, 2], tf.int64), 1, odd)
    expect.tensor(new, [1, odd], dtype=tf.int64, called=called)


def test_a_snapshot_keeps_its_value():
    """A snapshot keeps its value when the variable gets a new one.

    A second name for a variable is no copy: it shows each later value. A tensor read from the
    variable is a copy. In a tf.function the read is an op: it happens in every run of the graph,
    after the assignments that stand before it and before those that follow.
    """
    variable = tf.Variable([1.0, 2.0])
    called = "snapshot([1.0, 2.0]), then assign([7.0, 7.0])"
    with expect.works(called):
        before = snapshot(variable)
    variable.assign([7.0, 7.0])
    expect.tensor(before, [1.0, 2.0], called=called)
    called = "snapshot(an int64 variable of 2**53 + 1, which no float64 holds)"
    with expect.works(called):
        seen = snapshot(tf.Variable(2**53 + 1, dtype=tf.int64))
    expect.tensor(seen, 2**53 + 1, dtype=tf.int64, called=called)

    @tf.function
    def step():
        before = snapshot(variable)
        variable.assign_add([1.0, 1.0])
        after = snapshot(variable)
        return tf.convert_to_tensor(before), tf.convert_to_tensor(after)

    for old, new in ([7.0, 7.0], [8.0, 8.0]), ([8.0, 8.0], [9.0, 9.0]):
        called = f"snapshot({old}) in a tf.function, {{}} assign_add([1.0, 1.0])"
        with expect.works(called.format("then")):
            before, after = step()
        expect.tensor(before, old, called=called.format("then"))
        expect.tensor(after, new, called=called.format("after"))


def test_a_snapshot_of_a_layers_weight():
    """The weight of a Keras layer can be kept in the same way.

    In Keras 3 the weights of a layer are of the class keras.Variable. That is no tf.Variable and
    has other methods, but TensorFlow's functions take it wherever they take a tensor.
    """
    dense = keras.layers.Dense(1, kernel_initializer="ones", use_bias=False)
    dense.build((None, 2))
    with expect.works("snapshot(the kernel of a keras.layers.Dense)"):
        before = snapshot(dense.kernel)
    dense.kernel.assign([[7.0], [7.0]])
    called = "snapshot([[1.0], [1.0]]) of a Dense kernel, then assign([[7.0], [7.0]])"
    expect.tensor(before, [[1.0], [1.0]], called=called)

    @tf.function
    def step():
        before = snapshot(dense.kernel)
        dense.kernel.assign([[8.0], [8.0]])
        return tf.convert_to_tensor(before)

    called = "snapshot([[7.0], [7.0]]) of it in a tf.function, then assign([[8.0], [8.0]])"
    with expect.works(called):
        before = step()
    expect.tensor(before, [[7.0], [7.0]], called=called)
