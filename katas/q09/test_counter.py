import pytest
import tensorflow as tf

from dojo import expect
from katas.q09.counter import make_counter

IN_PYTHON = ("EagerPyFunc", "PyFunc", "PyFuncStateless")
MADE_TOO_LATE = {
    "idea": "A tf.function may make variables in its very first call only. A count that exists "
    "before the first call avoids that.",
    "when": "singleton",
}
LEAKED = {
    "idea": "A name was bound to a symbolic tensor while a graph was traced. Outside of that graph "
    "it is of no use.",
    "when": "out of scope",
}


def test_calls_are_counted_not_traces():
    """Every call counts, this one included, whatever was traced before.

    A tf.function traces its Python body once for each new shape or dtype of its arguments, and
    only then. A number that Python changes follows the traces, not the calls.
    """
    count = make_counter()
    one_number = "The count is a single number. It begins at 0, and counts this call as well."
    for number, rows in enumerate((2, 2, 5, 2), start=1):
        called = f"call {number} of the counter, with a vector of {rows}"
        with expect.works(called, **(MADE_TOO_LATE if number == 1 else LEAKED)):
            seen = count(tf.ones([rows]))
        expect.value(seen, number, called=called, idea=one_number if number == 1 else None)


def test_the_count_is_an_int64():
    """The first count is 1, a scalar tensor of dtype int64.

    A dtype is fixed where a variable is made: of a Python integer, an int32. It ends at
    2,147,483,647.
    """
    count = make_counter()
    with expect.works("the first call of the counter", **MADE_TOO_LATE):
        seen = count(tf.ones([2]))
        first = tf.convert_to_tensor(seen)
    expect.that(
        tf.is_tensor(seen),
        called="the first count(x)",
        expected="a tensor",
        seen=type(seen).__name__,
        idea="A graph takes a tensor as it is. A number of Python or NumPy is a constant in it.",
    )
    expect.value(first, 1, called="the first count(x)", idea="The count is a single number.")
    expect.tensor(first, 1, dtype=tf.int64, called="the first count(x)")


def test_every_counter_has_its_own_count():
    """Two counters do not disturb each other.

    State belongs to the counter that was made, not to the module it was made in.
    """
    one = make_counter()
    with expect.works("calls of two counters", **MADE_TOO_LATE):
        first = tf.convert_to_tensor(one(tf.ones([2])))
        other = make_counter()
        one(tf.ones([2]))
        first_of_other = other(tf.ones([2]))
    called = "the first count of a counter, after calls of another"
    expect.value(first_of_other, first, called=called)


def test_it_counts_within_other_functions():
    """Within a tf.function, every call and every round of a loop counts.

    To the outer graph, the counter is what its trace left behind: an op for each call. Only ops
    that write to a variable run again, run after run and round after round.
    """
    count, x = make_counter(), tf.ones([2])

    @tf.function
    def epoch(x):
        count(x)
        last = tf.cast(count(x), tf.int64)
        for _ in tf.range(3):
            last = tf.cast(count(x), tf.int64)
        return last

    calls = "the last count of a tf.function that calls its counter 2 times, then 3 times in a loop"
    shared = "There is one count, whoever calls: eager code, or a graph, however often it was run."
    with expect.works("a first call, from eager code", **MADE_TOO_LATE):
        first = tf.cast(count(x), tf.int64).numpy()
    with expect.works(calls, **LEAKED):
        last = epoch(x)
    expect.value(last, first + 5, called=f"{calls}, after a direct call")
    with expect.works("a direct call after the tf.function"):
        last = count(x)
    expect.value(last, first + 6, called="a direct call after the tf.function", idea=shared)
    with expect.works("the tf.function once more"):
        last = epoch(x)
    expect.value(last, first + 11, called="the tf.function once more", idea=shared)


def test_the_count_belongs_to_the_graph():
    """The graph does the counting itself.

    A call back into Python keeps the count in this process. The graph cannot be saved, served or
    run on another device with it.
    """
    count = make_counter()
    x = tf.ones([2])
    with expect.works("count(x), traced into another tf.function", **MADE_TOO_LATE):
        count(x)
        concrete = tf.function(count).get_concrete_function(x)
    expect.ops(concrete, none_of=IN_PYTHON, called="the graph of count(x)")


@pytest.mark.beyond
def test_any_argument_counts():
    """An empty batch, words and a NaN count like any other argument.

    A counter counts calls. Shape, dtype and values of the argument have no part in that.
    """
    usual = make_counter()
    with expect.works("two calls of a counter, with a vector of 2", **MADE_TOO_LATE):
        counts = [tf.convert_to_tensor(usual(tf.ones([2]))).numpy() for _ in range(2)]
    kinds = (
        (tf.constant([["a"], ["b"]]), "a string matrix"),
        (tf.zeros([0]), "an empty vector"),
        (tf.constant(float("nan")), "a NaN"),
        (tf.constant([True]), "a boolean"),
    )
    for x, kind in kinds:
        count = make_counter()
        for number, expected in enumerate(counts, start=1):
            called = f"call {number} of a counter, with {kind}"
            with expect.works(called):
                seen = count(x)
            expect.value(seen, expected, called=called)
    one_count = "There is one count, whatever the kinds of arguments are: none has its own."
    for number, (x, kind) in enumerate(kinds):
        called = f"call {number + 3} of a counter, now with {kind}"
        with expect.works(called):
            seen = usual(x)
        expect.value(seen, counts[1] + number + 1, called=called, idea=one_count)


@pytest.mark.beyond
def test_a_count_keeps_its_value():
    """A count that was returned stays as it was.

    A count is a value. A variable is storage, and shows each later count to all who hold it.
    """
    count = make_counter()
    with expect.works("two calls of the counter"):
        first = count(tf.ones([2]))
        number = tf.convert_to_tensor(first).numpy()
        count(tf.ones([2]))
    expect.value(first, number, called="the first count(x), after the second")

    @tf.function
    def twice(x):
        first, second = count(x), count(x)
        return tf.convert_to_tensor(first), tf.convert_to_tensor(second)

    called = "both counts of a tf.function that calls the counter two times, as calls 3 and 4"
    with expect.works(called):
        counts = twice(tf.ones([2]))
    seen = [each.numpy().tolist() for each in counts]
    within = "In a graph, what assign_add returns is read when it is used: here after both writes."
    third, fourth = (number + 2).tolist(), (number + 3).tolist()
    idea = within if seen == [fourth, fourth] else ""
    expect.same(seen, [third, fourth], called=called, idea=idea)


@pytest.mark.beyond
def test_thousands_of_calls():
    """The count is right after 3,000 calls.

    Every dtype has an end: a uint8 after 255, and a float16 adds no 1 to 2048. A cast to int64
    where the count is returned comes too late.
    """
    count, x = make_counter(), tf.ones([2])

    @tf.function
    def many(rounds):
        for _ in tf.range(rounds):
            count(x)

    with expect.works("a few calls, some of them in a loop of a tf.function", **MADE_TOO_LATE):
        count(x)
        many(tf.constant(98))
        last = count(x)
    expect.value(last, 100, called="the count in call 100, after a loop of 98", idea="")
    with expect.works("thousands of calls"):
        many(tf.constant(2899))
        last = count(x)
    expect.value(last, 3000, called="the count in call 3,000")


@pytest.mark.beyond
def test_a_new_counter_in_an_old_function():
    """The first call may be in a tf.function that has run with another counter.

    A tf.function that has run before has no place for new variables. So the count has to exist
    when its counter has been made.
    """

    @tf.function
    def step(count, x):
        return tf.cast(count(x), tf.int64)

    x, counts = tf.ones([2]), []
    for which in ("a counter", "another new counter"):
        called = f"a tf.function that is given {which}"
        with expect.works(called, **MADE_TOO_LATE):
            counts.append(step(make_counter(), x).numpy())
    with expect.works("a counter's first call, from eager code", **MADE_TOO_LATE):
        first = tf.cast(make_counter()(x), tf.int64).numpy()
    expect.value(counts[0], first, called="the first count of a tf.function with a counter")
    expect.value(counts[1], first, called="the first count of it with another new counter")
