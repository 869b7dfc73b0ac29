import tensorflow as tf

from dojo import expect
from katas.q09.counter import make_counter

IN_PYTHON = ("EagerPyFunc", "PyFunc", "PyFuncStateless")


def test_calls_are_counted_not_traces():
    """Every call counts, whatever was traced before.

    A tf.function traces its Python body once for each new shape or dtype of its arguments, and
    only then. A number that Python changes follows the traces, not the calls.
    """
    count = make_counter()
    vector, matrix = tf.ones([2]), tf.ones([3, 2], tf.int32)
    called = "three calls with a float32 vector"
    with expect.works(called):
        counts = [int(count(x)) for x in (vector, vector, vector)]
    expect.same(counts, [1, 2, 3], called=called)
    called = "one more call with an int32 matrix, and one with the vector"
    with expect.works(called):
        counts = [int(count(x)) for x in (matrix, vector)]
    expect.same(counts, [4, 5], called=called)


def test_the_count_is_an_int64():
    """The count is a scalar tensor of dtype int64.

    The result is a value, not the storage, and does not move with later calls. Its dtype is fixed
    where the variable is made: from a Python integer, an int32, which ends at 2,147,483,647.
    """
    count = make_counter()
    with expect.works("count(x) for a batch of 2 rows"):
        first = count(tf.ones([2]))
    expect.tensor(first, 1, dtype=tf.int64, called="the first count(x)")


def test_every_counter_has_its_own_count():
    """Two counters do not disturb each other.

    State belongs to the counter that was made, not to the module it was made in.
    """
    counters = make_counter(), make_counter()
    called = "the first call of each of two counters"
    with expect.works(called):
        counts = [int(count(tf.ones([2]))) for count in counters]
    expect.same(counts, [1, 1], called=called)


def test_it_counts_within_other_functions():
    """A tf.function that calls the counter in a loop counts every round.

    To the outer graph, the counter is what its trace left behind. Only ops that write to a
    variable run again, call after call and round after round.
    """
    count = make_counter()

    @tf.function
    def epoch(batches):
        last = tf.constant(0, tf.int64)
        for batch in batches:
            last = tf.cast(count(batch), tf.int64)
        return last

    called = "the last count of a tf.function that calls count for 3 batches, called {}"
    for times, expected in (("once", 3), ("twice", 6)):
        with expect.works(called.format(times)):
            last = epoch(tf.ones([3, 2]))
        expect.tensor(last, expected, dtype=tf.int64, called=called.format(times))


def test_the_count_belongs_to_the_graph():
    """The graph does the counting itself.

    A graph keeps state in variables, which exist before it is traced and outlive each of its runs.
    """
    count = make_counter()
    x = tf.ones([2])
    with expect.works("count(x), traced into another tf.function"):
        count(x)
        concrete = tf.function(count).get_concrete_function(x)
    expect.ops(
        concrete,
        none_of=IN_PYTHON,
        called="the graph of count(x)",
        idea="A call back into Python keeps the count in this process: the graph cannot be saved, "
        "served or run on another device with it.",
    )
