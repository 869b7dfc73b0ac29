import tensorflow as tf

from dojo import expect
from katas.q09.counter import make_counter

IN_PYTHON = ("EagerPyFunc", "PyFunc", "PyFuncStateless")


def test_calls_are_counted_not_traces():
    """Every call counts, this one included, whatever was traced before.

    A tf.function traces its Python body once for each new shape or dtype of its arguments, and
    only then. A number that Python changes follows the traces, not the calls. What x is and holds
    has no part in it.
    """
    count = make_counter()
    vector, words, nothing = tf.ones([2]), tf.constant([["a"], ["b"]]), tf.zeros([0])
    no_number = tf.constant(float("nan"))
    calls = (
        (vector, "a float32 vector"),
        (vector, "the vector again"),
        (words, "a string matrix"),
        (nothing, "an empty vector"),
        (no_number, "a nan"),
        (vector, "the first vector"),
    )
    one_number = "The count is a single number, and the call that returns it is counted as well."
    for number, (x, kind) in enumerate(calls, start=1):
        called = f"call {number} of the counter, with {kind}"
        with expect.works(called):
            seen = count(x)
        expect.value(seen, number, called=called, idea=one_number if number == 1 else None)


def test_the_count_is_an_int64():
    """The first count is 1, a scalar tensor of dtype int64, and stays 1.

    The result is a value, not the storage, and does not move with later calls. Its dtype is fixed
    where the variable is made: from a Python integer, an int32, which ends at 2,147,483,647.
    Smaller ones end sooner.
    """
    count = make_counter()
    with expect.works("two calls of the counter with a batch of 2 rows"):
        first = count(tf.ones([2]))
        count(tf.ones([2]))
    expect.tensor(first, 1, dtype=tf.int64, called="the first count(x), after the second")
    for _ in range(298):
        last = count(tf.ones([2]))
    expect.value(last, 300, called="the count after 300 calls")


def test_every_counter_has_its_own_count():
    """Two counters do not disturb each other.

    State belongs to the counter that was made, not to the module it was made in.
    """
    one, other = make_counter(), make_counter()
    with expect.works("the first call of each of two counters"):
        first, first_of_other = one(tf.ones([2])), other(tf.ones([2]))
    called = "the first count of a counter, after a call of another"
    expect.value(first_of_other, first, called=called)


def test_it_counts_within_other_functions():
    """Within a tf.function, every call and every round of a loop counts.

    To the outer graph, the counter is what its trace left behind: an op for each call. Only ops
    that write to a variable run again, run after run and round after round.
    """

    @tf.function
    def epoch(count, batches):
        count(batches)
        last = tf.cast(count(batches), tf.int64)
        for batch in batches:
            last = tf.cast(count(batch), tf.int64)
        return last

    count, batches = make_counter(), tf.ones([3, 2])
    calls = "the last count of a tf.function that calls its counter 2 times, then for 3 batches"
    shared = "There is one count, whoever calls: eager code, or a graph, however often it was run."
    with expect.works(calls):
        last = epoch(count, batches)
    expect.tensor(last, 5, dtype=tf.int64, called=calls)
    with expect.works("a direct call after the tf.function"):
        last = count(batches)
    expect.value(last, 6, called="a direct call after the tf.function", idea=shared)
    with expect.works("the tf.function once more"):
        last = epoch(count, batches)
    expect.tensor(last, 11, dtype=tf.int64, called="the tf.function once more", idea=shared)
    made = "The count is there when its counter has been made. A tf.function that has run before "
    made += "has no place for new variables."
    with expect.works("the tf.function with another new counter", idea=made):
        last = epoch(make_counter(), batches)
    expect.tensor(last, 5, dtype=tf.int64, called="the tf.function with another new counter")


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
