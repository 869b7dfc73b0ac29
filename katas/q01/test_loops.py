from contextlib import contextmanager

import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q01.loops import balances, months_to_repay

# debt, rate, payment and limit
PLANS = [
    (100_000, 100, 10_000, 600),
    (99_999, 37, 1_111, 600),
    (50_000, 0, 50_000, 600),
    (1, 0, 1_000_000, 5),
    (1_000_000, 25, 3_000, 800),
    # The parts of a cent that are dropped are worth a month here.
    (1_466, 298, 56, 60),
]
PAID = [(0, 100, 500, 600), (0, 100, 0, 600)]
# The limit ends these. The first would be paid in the end, and the last never.
TOO_LONG = [(100_000, 100, 1_100, 7), (10_000, 500, 100, 12)]
NO_TIME = [(5_000, 10, 100, 0)]
# One cent is paid in each of these months.
LONG = (2_000, 0, 1, 5_000)
# Thirty million euros, a hundred million, and a limit that nothing has room for.
LARGE = [
    (3_000_000_000, 25, 1_000_000_001, 600),
    (10_000_000_000, 25, 3_000_000_001, 600),
    (100_000, 100, 10_000, 2**50),
]
# The product of debt and rate nearly fills an int64.
FULL = [
    (90_000_000_000_000_000, 100, 45_000_000_000_000_001, 600),
    (900_000_000_000_001, 10_000, 1_799_999_999_999_000, 600),
    (2**62, 1, 2**61, 600),
    (48_830_553_274_329_343, 137, 49_499_531_854_187_654, 600),
]


def plan(debt, rate, payment, limit):
    """The balances of a plan, in plain Python."""
    result = []
    while debt > 0 and len(result) < limit:
        debt = max(debt + debt * rate // 10_000 - payment, 0)
        result.append(debt)
    return result


def tensors(numbers):
    return [tf.constant(number, tf.int64) for number in numbers]


def in_words(function, numbers):
    debt, rate, payment, limit = numbers
    return f"{function}(debt {debt}, rate {rate}, payment {payment}, limit {limit})"


@contextmanager
def running(called):
    """A call works. What tf.while_loop says of structures is told in few words."""
    structure = (
        "In eager mode, the body has to hand on the very structure of loop_vars. A bare tensor is "
        "no list of one, and beside maximum_iterations a tuple is no list."
    )
    with expect.works(called, idea=structure, when="another structure"):
        try:
            yield
        except (TypeError, ValueError) as error:
            if "nested structure" not in str(error) and "iterate over a scalar" not in str(error):
                raise
            text = "the body of tf.while_loop gives another structure than loop_vars has"
            raise TypeError(text) from None


def compiled(function):
    """One graph for all arguments: while it is traced, none of them has a value."""
    called = f"tracing {function.__name__}, with scalars whose values are not known"
    unknown = "While a function is traced, its arguments have no values that Python could read."
    appended = (
        "Python appends once, while the body of the loop is traced. It appends a tensor that "
        "exists in there only."
    )
    compiled = tf.function(
        lambda *arguments: function(*arguments), input_signature=[tf.TensorSpec([], tf.int64)] * 4
    )
    with expect.works(called, idea=unknown, when="non-tensor|Symbolic|symbolic|numpy"):
        try:
            return compiled.get_concrete_function()
        except (TypeError, ValueError) as error:
            if "out of scope" not in str(error):
                raise
            with expect.works(called, idea=appended):
                text = "a tensor of the loop is out of scope outside of it"
                raise ValueError(text) from None


def check_months(call, numbers, where):
    called = f"{in_words('months_to_repay', numbers)} {where}"
    with running(called):
        seen = call(*tensors(numbers))
    expect.that(
        isinstance(seen, tf.Tensor) and seen.dtype.is_integer,
        called=called,
        expected="a tf.Tensor of an integer dtype",
        seen=expect.kind_of(seen)
        + (f", of dtype {seen.dtype.name}" if isinstance(seen, tf.Tensor) else ""),
        idea="A number of months is a whole number, in a tensor as all results are.",
    )
    expect.value(seen, np.int64(len(plan(*numbers))), called=called)


def check_balances(call, numbers, where):
    called = f"{in_words('balances', numbers)} {where}"
    with running(called):
        seen = call(*tensors(numbers))
    expect.tensor(seen, np.array(plan(*numbers), "int64"), called=called)


def check_all(plans):
    """Both functions, in eager mode and in a graph."""
    for function, check in ((months_to_repay, check_months), (balances, check_balances)):
        for numbers in plans:
            check(function, numbers, "in eager mode")
        graph = compiled(function)
        for numbers in plans:
            check(graph, numbers, "in a graph")


def test_months_in_eager_mode():
    """In eager mode, the loop runs as often as the debt needs it.

    Each round is a few ops that run at once. The value of this moment decides whether there is
    another round.
    """
    for numbers in PLANS + PAID:
        check_months(months_to_repay, numbers, "in eager mode")


def test_months_from_one_trace():
    """One graph counts the months of every plan.

    While a function is traced, Python cannot look at the debt, and so cannot know how many rounds
    to go. The loop itself has to become a part of the graph.
    """
    graph = compiled(months_to_repay)
    for numbers in [*PLANS, *PAID, LONG]:
        check_months(graph, numbers, "in a graph")


def test_the_limit_ends_the_loop():
    """A debt that is not paid in time ends with the limit.

    A while loop in a graph has no Ctrl-C: only its condition ends it. The limit is data as well,
    and comes as a tensor.
    """
    graph = compiled(months_to_repay)
    for numbers in TOO_LONG + NO_TIME:
        check_months(months_to_repay, numbers, "in eager mode")
        check_months(graph, numbers, "in a graph")


@pytest.mark.beyond
def test_cents_are_int64():
    """Thirty million euros are more cents than an int32 holds.

    A Python integer that becomes a tensor is an int32, unless somebody says otherwise. A number
    too large for an int32 starts again below zero. A float32 keeps seven digits. And a large
    limit does not mean that so many months are needed.
    """
    check_all(LARGE)


@pytest.mark.beyond
def test_large_products_do_not_overflow():
    """A debt is right as long as its product with the rate fits into an int64.

    Integers have no infinity: a product that is too large becomes another number. Two formulas
    that agree on paper can differ in the largest number on the way.
    """
    check_all(FULL)


def test_balances_in_eager_mode():
    """In eager mode there is a balance for each month.

    It is what is left at the end of that month. There are as many as the debt of this call needs.
    """
    for numbers in PLANS + TOO_LONG:
        check_balances(balances, numbers, "in eager mode")


def test_balances_from_one_trace():
    """One graph lists the balances of every plan.

    Python's append happens while the function is traced: once, with a symbolic tensor. A vector
    that grows from round to round is a value that the loop of the graph hands on.
    """
    graph = compiled(balances)
    for numbers in [*PLANS, *TOO_LONG, LONG]:
        check_balances(graph, numbers, "in a graph")


@pytest.mark.beyond
def test_no_month_gives_an_empty_vector():
    """Where no month is needed, there is no balance.

    An empty list has neither a dtype nor a shape, except those that somebody gave it.
    """
    graph = compiled(balances)
    for numbers in PAID + NO_TIME:
        check_balances(balances, numbers, "in eager mode")
        check_balances(graph, numbers, "in a graph")


def test_the_loop_is_in_the_graph():
    """The graph does the counting itself, and does not call Python.

    A call back into Python gives the right numbers as long as this process lives. It is no part of
    what is saved, it runs on one CPU, and no optimizer of graphs looks into it.
    """
    for function in (months_to_repay, balances):
        expect.ops(
            compiled(function),
            none_of=["PyFunc", "PyFuncStateless", "EagerPyFunc"],
            called=f"the graph of a tf.function that calls {function.__name__}",
        )
