import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q01.side_effects import checked_ratio, log_amount, transfer

Refused = tf.errors.InvalidArgumentError


def cents(amount):
    return tf.constant(amount, tf.int64)


def check_log(path, expected, called):
    """The lines of the file are these numbers."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    lines = [int(line) if line.lstrip("-").isdigit() else line for line in text.splitlines()]
    idea = None
    if "Tensor" in text:
        idea = "Python wrote this while the function was traced: once, with a symbolic tensor."
    elif lines and lines == expected[-len(lines) :]:
        idea = "The earlier lines are gone. A file that is opened to append to it keeps them."
    expect.same(lines, expected, called=called, idea=idea)


def test_every_run_writes_its_line(tmp_path):
    """Every run of a graph writes its lines.

    While a function is traced, Python's print and write run once, with a symbolic tensor. They
    run in both branches of a condition, and once for a whole loop. Only an op runs when the graph
    gets there, with the value of that run.
    """
    path = tmp_path / "a.log"

    @tf.function
    def compiled(amount):
        log_amount(str(path), amount)

    called = "calls of a tf.function that logs its argument: 1250, 1250, -300"
    with expect.works(called):
        for amount in (1250, 1250, -300):
            compiled(cents(amount))
    check_log(path, [1250, 1250, -300], f"the lines after {called}")

    path = tmp_path / "b.log"

    @tf.function
    def large_ones(amounts):
        for amount in amounts:
            if amount > 100:
                log_amount(str(path), amount)

    called = "a loop in a tf.function that logs what is more than 100, of 250, 30, 101 and 250"
    with expect.works(called):
        large_ones(tf.constant([250, 30, 101, 250], tf.int64))
    check_log(path, [250, 101, 250], f"the lines after {called}")


def test_an_eager_call_writes_its_line(tmp_path):
    """In eager mode too, each call adds a line to its file.

    An op runs when its line is reached. The file keeps its earlier lines.
    """
    path = tmp_path / "c.log"
    path.write_text("5\n", encoding="utf-8")
    with expect.works("log_amount in eager mode: 7 and -8, to a file that has a 5"):
        log_amount(str(path), cents(7))
        log_amount(str(path), cents(-8))
    check_log(path, [5, 7, -8], "the lines of a file that had a 5, and got 7 and -8 in eager mode")


@pytest.mark.beyond
def test_amounts_keep_all_digits(tmp_path):
    """Large amounts are written with all digits, in eager mode and in a graph.

    A float is printed with an exponent when it is large, and keeps some of the digits only.
    """
    amounts = [10**15, 2**53 + 1, 2**63 - 1, -(2**63)]

    def eager(path, amount):
        log_amount(path, amount)

    for function, where in (eager, "in eager mode"), (tf.function(eager), "in a tf.function"):
        for amount in amounts:
            path = tmp_path / f"{where.split()[-1]}{amount}.log"
            called = f"log_amount of {amount} {where}"
            with expect.works(called):
                function(str(path), cents(amount))
            check_log(path, [amount], f"the lines after {called}")


@pytest.mark.beyond
def test_files_are_kept_apart(tmp_path):
    """Each file gets its own lines.

    The file is known while tracing: another path is another op.
    """
    first, second = tmp_path / "d.log", tmp_path / "e.log"

    @tf.function
    def both(amount):
        log_amount(str(first), amount)
        log_amount(str(second), amount + 1)

    with expect.works("a tf.function that logs to two files, called with 7 and 9"):
        both(cents(7))
        both(cents(9))
    check_log(first, [7, 9], "the lines of the first file, which got 7 and 9")
    check_log(second, [8, 10], "the lines of the second file, which got 8 and 10")


def test_a_ratio_is_refused_in_eager_mode():
    """In eager mode, a ratio is computed or refused at once.

    A check looks at the limits themselves. Ops have errors of their own, in tf.errors, and these
    are the same in both worlds.
    """
    amounts, limits = tf.constant([[1.0, -3.0]]), tf.constant([[4.0, 2.0]])
    called = "checked_ratio([[1, -3]], [[4, 2]])"
    with expect.works(called):
        seen = checked_ratio(amounts, limits)
    expect.tensor(seen, [[0.25, -1.5]], called=called)
    for bad in (0.0, -2.0):
        limits = tf.constant([[4.0, bad]])
        expect.raises(
            lambda limits=limits: checked_ratio(amounts, limits),
            Refused,
            called=f"checked_ratio([[1, -3]], [[4, {bad:g}]])",
        )


def test_a_graph_refuses_a_ratio_that_nobody_uses():
    """A graph checks the limits, also when nobody uses the ratio.

    A graph cuts away all that it computes and nobody needs: that is a part of its speed. A check
    is there for its effect and not for its result. The graph has to know that.
    """

    @tf.function
    def checks(amounts, limits):
        checked_ratio(amounts, limits)
        return tf.size(amounts)

    @tf.function
    def ratio(amounts, limits):
        return checked_ratio(amounts, limits)

    amounts, limits = tf.constant([1.0, -3.0]), tf.constant([4.0, 2.0])
    called = "checked_ratio([1, -3], [4, 2]) in a tf.function"
    traced = "Python's `raise` and `assert` run while the function is traced, for good values too."
    when = "bool|Symbolic|symbolic|Error.*limit|InvalidArgument"
    with expect.works(called, idea=traced, when=when):
        checks(amounts, limits)
        seen = ratio(amounts, limits)
    expect.tensor(seen, [0.25, -1.5], called=called)
    for bad in (0.0, -2.0):
        limits = tf.constant([bad, 2.0])
        expect.raises(
            lambda limits=limits: checks(amounts, limits),
            Refused,
            called=f"a tf.function that calls checked_ratio([1, -3], [{bad:g}, 2]), and does not "
            "use what comes back",
        )


@pytest.mark.beyond
def test_nan_is_no_limit():
    """A limit that is NaN is refused, in eager mode and in a graph.

    NaN is neither more than 0 nor at most 0. A check says what is allowed, not what is forbidden.
    """
    amounts, limits = tf.constant([1.0, -3.0]), tf.constant([4.0, np.nan])
    for function, where in (checked_ratio, "in eager mode"), (unused_ratio, "in a tf.function"):
        expect.raises(
            lambda function=function: function(amounts, limits),
            Refused,
            called=f"checked_ratio([1, -3], [4, nan]) {where}",
        )


@tf.function
def unused_ratio(amounts, limits):
    checked_ratio(amounts, limits)
    return tf.size(amounts)


@pytest.mark.beyond
def test_every_positive_limit_is_fine():
    """Small and infinite limits are fine, and so is a ratio that is infinite or NaN.

    The check is about the limits, and about nothing that is computed from them.
    """
    amounts = tf.constant([3.0, -3.0, 3e9, 0.0, np.inf])
    limits = tf.constant([np.inf, 1e-30, 1e-37, 1.2e-38, np.inf])
    compiled = tf.function(lambda amounts, limits: checked_ratio(amounts, limits))
    expected = [0.0, -3e30, np.inf, 0.0, np.nan]
    for function, where in (checked_ratio, "in eager mode"), (compiled, "in a tf.function"):
        called = f"checked_ratio([3, -3, 3e9, 0, inf], [inf, 1e-30, 1e-37, 1.2e-38, inf]) {where}"
        with expect.works(called, idea="All these limits are more than 0.", when="InvalidArgument"):
            seen = function(amounts, limits)
        expect.tensor(seen, expected, called=called)


@pytest.mark.beyond
def test_the_shape_may_be_anything():
    """There may be no elements, and in a graph the shape may be unknown.

    A graph for all batches is traced before there is one.
    """

    @tf.function(input_signature=[tf.TensorSpec(None, tf.float32)] * 2)
    def compiled(amounts, limits):
        return checked_ratio(amounts, limits)

    with expect.works("tracing checked_ratio for tensors of unknown shape"):
        compiled.get_concrete_function()
    for shape in ([0], [2, 0], [], [2, 1, 2]):
        amounts, limits = tf.ones(shape), tf.fill(shape, 2.0)
        for function, where in (checked_ratio, "in eager mode"), (compiled, "in a tf.function"):
            called = f"checked_ratio of two tensors of shape {shape} {where}"
            with expect.works(called):
                seen = function(amounts, limits)
            expect.tensor(seen, np.full(shape, 0.5, "float32"), called=called)


def test_transfers_happen_in_order():
    """Each transfer finds the balances that those before it have left.

    A line of TF1 that assigned to a variable was one more op. It ran if somebody fetched it, in
    any order. A tf.function keeps the order among the ops that read or write one variable.
    """
    balances = tf.Variable([100, 0, 7], dtype=tf.int64)

    @tf.function
    def salary_then_rent(amount):
        transfer(balances, tf.constant(0), tf.constant(1), amount)
        transfer(balances, tf.constant(1, tf.int64), tf.constant(2, tf.int64), amount)

    with expect.works("transfers of 30 from account 0 to 1, then on to 2, in a tf.function"):
        salary_then_rent(cents(30))
    called = "the balances, 100, 0 and 7 before, after 30 went from account 0 to 1 to 2"
    expect.value(balances, np.array([70, 0, 37]), called=called)
    with expect.works("another call of the tf.function, with 70"):
        salary_then_rent(cents(70))
    expect.value(balances, np.array([0, 0, 107]), called="the balances after 70 more")
    with expect.works("a transfer of 7 from account 2 to 0 in eager mode"):
        transfer(balances, tf.constant(2), tf.constant(0), cents(7))
    expect.value(balances, np.array([7, 0, 100]), called="the balances after 7 went back")


def eager_and_compiled(balances):
    """A transfer between these balances in both modes, and where that is."""

    def eager(source, target, amount):
        transfer(balances, source, target, amount)

    return (eager, "in eager mode"), (tf.function(eager), "in a tf.function")


def test_a_refused_transfer_changes_nothing():
    """A transfer that is refused has changed nothing.

    An error rolls nothing back: a variable keeps what was written to it. And a graph is no list of
    lines. Ops that do not depend on each other may run at the same time. So the write must be
    made to wait for the check.
    """
    balances = tf.Variable([100, 50, 10**6], dtype=tf.int64)
    for function, where in eager_and_compiled(balances):
        for _ in range(20):
            called = f"a transfer of 101 from an account with 100, {where}"
            expect.raises(
                lambda function=function: function(tf.constant(0), tf.constant(1), cents(101)),
                Refused,
                called=called,
                idea="The check is about the account that pays, and about nobody else's.",
            )
            called = f"the balances, 100, 50 and 10**6, after {called} was refused"
            expect.value(balances, np.array([100, 50, 10**6]), called=called)
        with expect.works(f"a transfer of 100 from an account with 100, {where}"):
            function(tf.constant(0), tf.constant(1), cents(100))
        called = f"the balances after a transfer of 100, {where}"
        expect.value(balances, np.array([0, 150, 10**6]), called=called)
        balances.assign([100, 50, 10**6])


@pytest.mark.beyond
def test_an_account_may_pay_itself():
    """Source and target may be the same account.

    The second of two writes to one place has to start from the first.
    """
    balances = tf.Variable([100, 50], dtype=tf.int64)
    for function, where in eager_and_compiled(balances):
        called = f"a transfer of 50 from an account with 50 to itself, {where}"
        with expect.works(called):
            function(tf.constant(1), tf.constant(1), cents(50))
        expect.value(balances, np.array([100, 50]), called=f"the balances after {called}")
        expect.raises(
            lambda function=function: function(tf.constant(1), tf.constant(1), cents(51)),
            Refused,
            called=f"a transfer of 51 from an account with 50 to itself, {where}",
            idea="The check is about the source, whoever is paid.",
        )
        balances.assign([100, 50])


@pytest.mark.beyond
def test_large_balances_are_right_to_the_cent():
    """Large balances are compared and written to the cent.

    An int64 has every cent. A float32 has seven digits, and a float64 about sixteen.
    """
    much = 2**54
    balances = tf.Variable([much, 50], dtype=tf.int64)
    for function, where in eager_and_compiled(balances):
        expect.raises(
            lambda function=function: function(tf.constant(0), tf.constant(1), cents(much + 1)),
            Refused,
            called=f"a transfer of 2**54 + 1 from an account with 2**54, {where}",
        )
        balances.assign([much, 50])
        called = f"a transfer of 2**53 + 1 from an account with 2**54, {where}"
        with expect.works(called):
            function(tf.constant(0), tf.constant(1), cents(much // 2 + 1))
        called = f"the balances, 2**54 and 50 before, after {called}"
        expect.value(balances, np.array([much // 2 - 1, much // 2 + 51]), called=called)
        balances.assign([much, 50])


@pytest.mark.beyond
def test_other_accounts_do_not_matter():
    """An account in debt does not keep others from paying.

    It may be paid, or have nothing to do with the transfer.
    """
    balances = tf.Variable([100, -70, -5], dtype=tf.int64)
    for function, where in eager_and_compiled(balances):
        called = f"a transfer of 60 from the first of 100, -70 and -5 to the second, {where}"
        with expect.works(called, idea="The check is about the source alone.", when="Invalid"):
            function(tf.constant(0), tf.constant(1), cents(60))
        expect.value(balances, np.array([40, -10, -5]), called=f"the balances after {called}")
        balances.assign([100, -70, -5])
