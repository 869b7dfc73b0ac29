import numpy as np
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
    (0, 100, 500, 600),
    (0, 100, 0, 600),
    # The parts of a cent that are dropped are worth a month here.
    (1_466, 298, 56, 60),
]
# The limit ends these. The first would be paid in the end, and the last never.
TOO_LONG = [(100_000, 100, 1_100, 7), (5_000, 10, 100, 0), (10_000, 500, 100, 12)]
# One cent is paid in each of these months.
LONG = (2_000, 0, 1, 5_000)
# Thirty million euros, a hundred million, and a limit that nothing has room for.
LARGE = [
    (3_000_000_000, 25, 1_000_000_001, 600),
    (10_000_000_000, 25, 3_000_000_001, 600),
    (100_000, 100, 10_000, 2**50),
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


def compiled(function):
    """One graph for all arguments: while it is traced, none of them has a value."""
    called = f"tracing {function.__name__}, with scalars whose values are not known"
    compiled = tf.function(
        lambda *arguments: function(*arguments), input_signature=[tf.TensorSpec([], tf.int64)] * 4
    )
    with expect.works(called):
        try:
            return compiled.get_concrete_function()
        except (TypeError, ValueError) as error:
            if "out of scope" not in str(error):
                raise
            raise ValueError("a tensor of the loop is out of scope outside of it") from None


def check_months(call, numbers, where):
    called = f"{in_words('months_to_repay', numbers)} {where}"
    with expect.works(called):
        seen = call(*tensors(numbers))
    expect.value(seen, np.int64(len(plan(*numbers))), called=called)


def check_balances(call, numbers, where):
    called = f"{in_words('balances', numbers)} {where}"
    with expect.works(called):
        seen = call(*tensors(numbers))
    expect.tensor(seen, np.array(plan(*numbers), "int64"), called=called)


def test_months_in_eager_mode():
    """In eager mode, the loop runs as often as the debt needs it.

    Each round is a few ops that run at once. Whether a condition is written for Python or for a
    graph, it is the value of this moment that decides.
    """
    for numbers in PLANS:
        check_months(months_to_repay, numbers, "in eager mode")


def test_months_from_one_trace():
    """One graph counts the months of every plan.

    While a function is traced, Python cannot look at the debt, and so cannot know how many rounds
    to go. The loop itself has to become a part of the graph.
    """
    graph = compiled(months_to_repay)
    for numbers in [*PLANS, LONG]:
        check_months(graph, numbers, "in a graph")


def test_the_limit_ends_the_loop():
    """A debt that is not paid in time ends with the limit.

    A while loop in a graph has no Ctrl-C: what does not end by its condition does not end. The
    limit is data as well, and comes as a tensor.
    """
    graph = compiled(months_to_repay)
    for numbers in TOO_LONG:
        check_months(months_to_repay, numbers, "in eager mode")
        check_months(graph, numbers, "in a graph")


def test_cents_are_int64():
    """Thirty million euros are more cents than an int32 holds.

    A variable of a loop has one dtype, in all rounds. A Python integer that becomes a tensor is
    an int32, unless somebody says otherwise. What an int32 has no room for starts again below
    zero, and a float32 rounds whole numbers of more than seven digits. A limit is a number, too,
    and no promise that so many months are ever needed.
    """
    for numbers in LARGE:
        check_months(months_to_repay, numbers, "in eager mode")
        check_balances(balances, numbers, "in eager mode")


def test_balances_in_eager_mode():
    """In eager mode there is a balance for each month, or none.

    A list of tensors makes a vector. A list without any has neither a dtype nor a shape, except
    those that somebody gave it.
    """
    for numbers in PLANS + TOO_LONG:
        check_balances(balances, numbers, "in eager mode")


def test_balances_from_one_trace():
    """One graph lists the balances of every plan.

    Python's append happens while the function is traced: once, with a symbolic tensor. What grows
    from round to round has to be a value that the loop of the graph hands on.
    """
    graph = compiled(balances)
    for numbers in [*PLANS, *TOO_LONG, LONG]:
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
