import keras
import tensorflow as tf

from dojo import expect
from katas.q09.tensor_or_variable import replaced, snapshot, write_at


def test_replaced_gives_a_new_tensor_with_another_row():
    """A new tensor has the row, and the old tensor stays as it was.

    A tensor is a value and never changes. Other values are another tensor, built from the
    first: here all rows but one are the old ones.
    """
    tensor = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    new = replaced(tensor, 0, [7.0, 8.0])
    expect.tensor(
        new,
        [[7.0, 8.0], [3.0, 4.0]],
        called="replaced([[1.0, 2.0], [3.0, 4.0]], index 0, row [7.0, 8.0])",
    )
    expect.tensor(tensor, [[1.0, 2.0], [3.0, 4.0]], called="the tensor that was given to it")


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
    names, layers or compiled functions that hold it.
    """
    variable = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    another_name = variable
    write_at(variable, 0, [7.0, 8.0])
    expect.value(
        another_name,
        [[7.0, 8.0], [3.0, 4.0]],
        called="write_at([[1.0, 2.0], [3.0, 4.0]], index 0, row [7.0, 8.0]), then a read"
        " by another name",
    )


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


def test_a_snapshot_keeps_its_value():
    """A snapshot keeps its value when the variable gets a new one.

    A second name for a variable is no copy: it shows each later value. A tensor read from the
    variable is a copy, and in a tf.function it is read before the assignments that follow.
    """
    variable = tf.Variable([1.0, 2.0])
    before = snapshot(variable)
    variable.assign([7.0, 7.0])
    expect.tensor(before, [1.0, 2.0], called="snapshot([1.0, 2.0]), then assign([7.0, 7.0])")

    @tf.function
    def step():
        before = snapshot(variable)
        variable.assign_add([1.0, 1.0])
        return tf.convert_to_tensor(before)

    called = "snapshot([7.0, 7.0]) in a tf.function, then assign_add([1.0, 1.0])"
    with expect.works(called):
        before = step()
    expect.tensor(before, [7.0, 7.0], called=called)


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
