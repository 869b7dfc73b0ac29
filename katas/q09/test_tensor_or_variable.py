from math import inf, nan

import keras
import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q09.tensor_or_variable import replaced, snapshot, write_at

WRITES_BY_INDEX = {
    "idea": "Python's `x[i] = ...` works on lists and NumPy arrays. A tensor and a variable refuse "
    "it: a tensor is a value, and a variable is written by ops.",
    "when": "item assignment",
}
IN_PYTHON = {
    "idea": "A graph has no values while it is traced, and so nothing for NumPy or a Python list.",
    "when": "numpy|ndarray|indices must be integers|[Cc]annot infer|[Ii]terating|__index__",
}


def check_both(given, old, index, row, expected, **explained):
    """`replaced` and `write_at` give `expected`, in the dtype of `old` and exactly.

    The idea of the test is about a row that is wrong. It explains neither another shape nor that
    nothing was written.
    """
    called = f"{{}}({given})"
    exact = {"tolerance": 0, "dtype": old.dtype}
    with expect.works(called.format("replaced"), **explained):
        new = replaced(old, index, row)
    idea = None if getattr(new, "shape", None) == old.shape else ""
    expect.tensor(new, expected, called=called.format("replaced"), idea=idea, **exact)
    variable = tf.Variable(old)
    with expect.works(called.format("write_at"), **explained):
        write_at(variable, index, row)
    idea = "" if np.array_equal(variable.numpy(), old.numpy()) else None
    expect.value(variable, expected, called=called.format("write_at"), idea=idea, **exact)


def test_replaced_gives_a_new_tensor_with_another_row():
    """A new tensor has the row, and the old tensor stays as it was.

    A tensor is a value and never changes. Another value is another tensor, computed from the
    first: here all rows but one are the old ones.
    """
    tensor = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    row = tf.constant([7.0, 8.0])
    for index, expected in (0, [[7.0, 8.0], [3.0, 4.0]]), (1, [[1.0, 2.0], [7.0, 8.0]]):
        called = f"replaced([[1.0, 2.0], [3.0, 4.0]], index {index}, row [7.0, 8.0])"
        with expect.works(called, **WRITES_BY_INDEX):
            new = replaced(tensor, index, row)
        expect.tensor(new, expected, called=called)
    expect.tensor(tensor, [[1.0, 2.0], [3.0, 4.0]], called="the tensor that was given to it")


def test_replaced_works_in_a_graph():
    """In a tf.function it replaces a row that is known only at run time.

    A graph holds ops on tensors. While it is traced, neither the tensor nor the index has a value.
    """

    @tf.function
    def compiled(vector, index, value):
        return replaced(vector, index, value)

    vector, new = tf.constant([1, 1, 3]), tf.constant(9)
    for index, expected in (1, [1, 9, 3]), (2, [1, 1, 9]):
        called = f"replaced([1, 1, 3], index {index}, row 9) in a tf.function"
        with expect.works(called, **IN_PYTHON):
            seen = compiled(vector, tf.constant(index), new)
        expect.tensor(seen, expected, called=called)


def test_write_at_changes_the_variable_itself():
    """A write is seen by everyone who holds the variable.

    A variable is storage with an identity. A write goes to that storage, whatever the number of
    names, layers or compiled functions that hold it.
    """
    variable = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    another_name = variable
    called = "write_at([[1.0, 2.0], [3.0, 4.0]], index 1, row [7.0, 8.0])"
    with expect.works(called, **WRITES_BY_INDEX):
        write_at(variable, 1, tf.constant([7.0, 8.0]))
    called += ", then a read by another name"
    idea = None if np.array_equal(variable.numpy(), [[1.0, 2.0], [3.0, 4.0]]) else ""
    expect.value(another_name, [[1.0, 2.0], [7.0, 8.0]], called=called, idea=idea)

    @tf.function
    def clear():
        write_at(variable, 1, zeros)

    zeros, called = tf.zeros([2]), "write_at(variable, index 1, row [0.0, 0.0]) in a tf.function"
    with expect.works(called, **IN_PYTHON):
        clear()
        variable.assign([[1.0, 2.0], [3.0, 4.0]])
        clear()
    called += ", run twice, and [[1.0, 2.0], [3.0, 4.0]] assigned in between"
    run = "In a tf.function a write is an op that runs each time, known as its row may be."
    expect.value(another_name, [[1.0, 2.0], [0.0, 0.0]], called=called, idea=run)


def test_write_at_writes_each_time_the_graph_runs():
    """In a tf.function, every call writes to the row that it was given.

    The write has to be an op of the graph, with the index and the value as its inputs. Python's
    part, names and lists, happens once, while the function is traced.
    """
    variable = tf.Variable([1.0, 2.0, 3.0])

    @tf.function
    def double(index):
        write_at(variable, index, 2.0 * variable[index])

    called = "calls of a tf.function that doubles element 2, element 2 again, then element 0"
    with expect.works(called, **IN_PYTHON):
        for index in (2, 2, 0):
            double(tf.constant(index))
    expect.value(variable, [2.0, 2.0, 12.0], called=called)


def test_a_snapshot_keeps_its_value():
    """A snapshot keeps its value when the variable gets a new one.

    A second name for a variable is no copy: it shows each later value. A tensor read from the
    variable is a copy.
    """
    variable = tf.Variable([1.0, 2.0])
    called = "snapshot([1.0, 2.0]), then assign([7.0, 7.0])"
    with expect.works(called):
        before = snapshot(variable)
    variable.assign([7.0, 7.0])
    no_name = not (tf.is_tensor(before) or isinstance(before, tf.Variable))
    expect.tensor(before, [1.0, 2.0], called=called, idea="" if no_name else None)


def test_a_snapshot_in_a_graph():
    """In a tf.function, a snapshot is read where it stands, in each run.

    There a read is an op. It runs after the assignments that stand before it, and before those
    that follow.
    """
    variable = tf.Variable([7.0, 7.0])

    @tf.function
    def step():
        before = snapshot(variable)
        variable.assign_add([1.0, 1.0])
        after = snapshot(variable)
        return tf.convert_to_tensor(before), tf.convert_to_tensor(after)

    for old, new in ([7.0, 7.0], [8.0, 8.0]), ([8.0, 8.0], [9.0, 9.0]):
        called = f"snapshot({old}) in a tf.function, {{}} assign_add([1.0, 1.0])"
        with expect.works(called.format("then"), **IN_PYTHON):
            before, after = step()
        expect.tensor(before, old, called=called.format("then"))
        expect.tensor(after, new, called=called.format("after"))


def test_a_snapshot_of_a_layers_weight():
    """The weight of a Keras layer can be kept in the same way.

    In Keras 3 the weight of a layer is a keras.Variable, which holds a tf.Variable. Both are
    storage, and show each later value. TensorFlow's functions read either.
    """
    dense = keras.layers.Dense(1, kernel_initializer="ones", use_bias=False)
    dense.build((None, 2))
    called = "snapshot([[1.0], [1.0]]) of a Dense kernel, then assign([[7.0], [7.0]])"
    methods = "A keras.Variable is no tf.Variable and has other methods."
    with expect.works(called, idea=methods, when="'Variable' object has no attribute"):
        before = snapshot(dense.kernel)
    dense.kernel.assign([[7.0], [7.0]])
    expect.tensor(before, [[1.0], [1.0]], called=called)

    @tf.function
    def step():
        before = snapshot(dense.kernel)
        dense.kernel.assign([[8.0], [8.0]])
        return tf.convert_to_tensor(before)

    called = "snapshot([[7.0], [7.0]]) of it in a tf.function, then assign([[8.0], [8.0]])"
    with expect.works(called, **IN_PYTHON):
        before = step()
    expect.tensor(before, [[7.0], [7.0]], called=called)


@pytest.mark.beyond
def test_an_unknown_number_of_rows():
    """While a tf.function is traced, nobody may know how many rows there are.

    Batches differ in size, and so may the values of a variable. A shape has a None then; the size
    at run time is a tensor.
    """
    variable = tf.Variable([[1.0, 2.0], [3.0, 4.0]], shape=[None, 2])
    index, row = tf.constant(1), tf.constant([7.0, 8.0])

    @tf.function(input_signature=[tf.TensorSpec([None, 2])])
    def compiled(tensor):
        new = replaced(tensor, index, row)
        write_at(variable, index, row)
        return new, snapshot(variable)

    called = "{}, {} rows, index 1, row [7.0, 8.0], in a tf.function that knows [None, 2]"
    static = {
        "idea": "The static shape has a None there. The size at run time is a tensor.",
        "when": r"None values|argument `num`|partially known",
    }
    for old in ([[1.0, 2.0], [3.0, 4.0]], [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]):
        variable.assign(old)
        with expect.works(called.format("replaced, write_at and snapshot", len(old)), **static):
            new, kept = compiled(tf.constant(old))
        expected = [old[0], [7.0, 8.0], *old[2:]]
        expect.tensor(new, expected, called=called.format("replaced", len(old)), idea="")
        written = called.format("write_at, then snapshot", len(old))
        expect.tensor(kept, expected, called=written, idea="")


@pytest.mark.beyond
def test_an_int64_index():
    """The index may be an int64.

    Both kinds of integer are common: tf.range gives an int32, tf.argmax an int64. TensorFlow does
    not mix them in one op.
    """
    given = "[1.0, 2.0, 3.0], an int64 index 1, row 9.0"
    mixed = {
        "idea": "TensorFlow does not mix an int32 and an int64 in one op.",
        "when": "expected to be a int(32|64) tensor but is a int(32|64)|requested dtype int",
    }
    old, index, row = tf.constant([1.0, 2.0, 3.0]), tf.constant(1, tf.int64), tf.constant(9.0)
    check_both(given, old, index, row, [1.0, 9.0, 3.0], **mixed)


@pytest.mark.beyond
def test_a_row_may_be_a_matrix():
    """The first dimension counts the rows, however many dimensions follow.

    A row of a matrix is a vector, and a row of a tensor of rank 3 is a matrix.
    """
    old = tf.constant([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])
    given = "shape (2, 2, 2), index 1, row [[9, 10], [11, 12]]"
    row, expected = tf.constant([[9, 10], [11, 12]]), [[[1, 2], [3, 4]], [[9, 10], [11, 12]]]
    check_both(given, old, tf.constant(1), row, expected)


@pytest.mark.beyond
def test_rows_of_any_dtype():
    """A row may hold booleans, strings or bfloat16 numbers.

    A row is put in place of another. That needs no arithmetic, which booleans and strings do not
    have, and no other dtype on the way.
    """
    arithmetic = {
        "idea": "A row is put in place of another, which needs no arithmetic.",
        "when": "list of allowed values",
    }
    for dtype, rows, row in (
        (tf.bool, [True, False], True),
        (tf.string, ["a", "b"], "c"),
        (tf.bfloat16, [3e38, 2.0], 1.0),
    ):
        given = f"{rows} in {dtype.name}, index 1, row {row}"
        old, new = tf.constant(rows, dtype), tf.constant(row, dtype)
        check_both(given, old, tf.constant(1), new, tf.stack([old[0], new]), **arithmetic)


@pytest.mark.beyond
def test_the_old_row_does_not_matter():
    """The old row leaves nothing behind, and the new one reaches no other.

    In arithmetic they would mix: NaN times 0 is NaN, and so is infinity minus infinity. And 0.5 is
    lost beside 1e9.
    """
    for old, new in (nan, 7.0), (inf, 7.0), (1e9, 0.5), (1.0, nan):
        given = f"[{old}, 2.0], index 0, row {new}"
        check_both(given, tf.constant([old, 2.0]), tf.constant(0), tf.constant(new), [new, 2.0])


@pytest.mark.beyond
def test_plain_numbers_become_a_row():
    """Plain numbers become a row in the dtype of the others.

    They have no dtype of their own. TensorFlow makes an int32 or float32 of them if it is told no
    other. Digits that are lost there do not come back with a cast.
    """
    told = {
        "idea": "TensorFlow makes an int32 or float32 of plain numbers if it is told nothing else.",
        "when": "requested dtype|expected to be a|out of range",
    }
    small, odd = 1e-50, 2**53 + 1
    for dtype, rows, row, text in (
        (tf.float64, [2e-50], small, "1e-50"),
        (tf.int64, [2], odd, "2**53 + 1"),
        (tf.float64, [[2e-50]], [small], "[1e-50]"),
    ):
        given = f"{rows} in {dtype.name}, index 0, row {text}"
        check_both(given, tf.constant(rows, dtype), tf.constant(0), row, [row], **told)


@pytest.mark.beyond
def test_a_snapshot_of_any_dtype():
    """A snapshot has the dtype of its variable, and all digits.

    A read copies what is there, bit by bit. Arithmetic that should change nothing knows some dtypes
    only. A detour through another dtype loses digits.
    """
    odd = 2**53 + 1
    for variable, text in (
        (tf.Variable(odd, dtype=tf.int64), "an int64 variable of 2**53 + 1, in no float64"),
        (tf.Variable(True), "a variable of True"),
        (tf.Variable(["a", "b"]), "a variable of ['a', 'b']"),
        (tf.Variable(1 / 3, dtype=tf.float64), "a float64 variable of 1 / 3"),
        (tf.Variable(1.5, dtype=tf.bfloat16), "a bfloat16 variable of 1.5"),
        (keras.Variable(odd, dtype="int64"), "an int64 keras.Variable of 2**53 + 1"),
    ):
        called = f"snapshot({text})"
        with expect.works(called):
            seen = snapshot(variable)
        expect.value(seen, variable, dtype=variable.dtype, called=called)
