import numpy as np
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
    expect.same(lines, expected, called=called)


def test_every_run_writes_its_line(tmp_path):
    """Every run of a graph writes its lines.

    While a function is traced, Python's print and write see a symbolic tensor, once, in both
    branches of a condition and in the body of a loop. What shall be written when the graph gets
    there, with the value of that run, has to be an op.
    """
    path = tmp_path / "a.log"

    @tf.function
    def compiled(amount):
        log_amount(str(path), amount)

    with expect.works("calls of a tf.function that logs its argument: 1250, 1250, -300"):
        for amount in (1250, 1250, -300):
            compiled(cents(amount))
    called = "the lines after calls of a tf.function that logs its argument: 1250, 1250, -300"
    check_log(path, [1250, 1250, -300], called)

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

    An op runs when its line is reached. The file keeps what is in it, also from an earlier call.
    Whole numbers are written with all their digits; floats are not, when they are large.
    """
    first, second = tmp_path / "c.log", tmp_path / "d.log"
    with expect.works("log_amount in eager mode: 7 and 10**15 to one file, 8 to another"):
        log_amount(str(first), cents(7))
        log_amount(str(second), cents(8))
        log_amount(str(first), cents(10**15))
    check_log(first, [7, 10**15], "the lines of a file that got 7 and 10**15 in eager mode")
    check_log(second, [8], "the lines of another file, which got 8")


def test_a_ratio_is_refused_in_eager_mode():
    """In eager mode, a ratio is computed or refused at once.

    An exception of Python has the class that somebody raised. Ops have errors of their own, in
    tf.errors, and these are the same in both worlds.
    """
    amounts, limits = tf.constant([[1.0, -3.0]]), tf.constant([[4.0, 2.0]])
    called = "checked_ratio([[1, -3]], [[4, 2]])"
    with expect.works(called):
        seen = checked_ratio(amounts, limits)
    expect.tensor(seen, [[0.25, -1.5]], called=called)
    called = "checked_ratio([[1, -3]], [[inf, 1e-30]]), whose limits are positive"
    with expect.works(called):
        seen = checked_ratio(amounts, tf.constant([[np.inf, 1e-30]]))
    expect.tensor(seen, [[0.0, -3e30]], called=called)
    with expect.works("checked_ratio of no amounts and no limits"):
        seen = checked_ratio(tf.zeros([0]), tf.zeros([0]))
    expect.tensor(seen, np.zeros([0], "float32"), called="checked_ratio of no amounts")
    for bad in (0.0, -2.0, np.nan):
        limits = tf.constant([[4.0, bad]])
        expect.raises(
            lambda limits=limits: checked_ratio(amounts, limits),
            Refused,
            called=f"checked_ratio([[1, -3]], [[4, {bad:g}]])",
        )


def test_a_graph_refuses_a_ratio_that_nobody_uses():
    """A graph checks the limits, also when nobody uses the ratio.

    What a graph computes and nobody needs is cut away: that is a part of its speed. A check is
    there for its effect and not for its result. The graph has to know that.
    """

    @tf.function(input_signature=[tf.TensorSpec(None, tf.float32)] * 2)
    def checks(amounts, limits):
        checked_ratio(amounts, limits)
        return tf.size(amounts)

    @tf.function(input_signature=[tf.TensorSpec(None, tf.float32)] * 2)
    def ratio(amounts, limits):
        return checked_ratio(amounts, limits)

    amounts, limits = tf.constant([1.0, -3.0]), tf.constant([4.0, 2.0])
    called = "checked_ratio([1, -3], [4, 2]) in a tf.function"
    with expect.works(called):
        checks(amounts, limits)
        seen = ratio(amounts, limits)
    expect.tensor(seen, [0.25, -1.5], called=called)
    for bad in (0.0, -2.0, np.nan):
        limits = tf.constant([bad, 2.0])
        expect.raises(
            lambda limits=limits: checks(amounts, limits),
            Refused,
            called=f"a tf.function that calls checked_ratio([1, -3], [{bad:g}, 2]), and does not "
            "use what comes back",
        )


def test_transfers_happen_in_order():
    """Each transfer finds what those before it have left.

    A line of TF1 that assigned to a variable was one more op, which ran if somebody fetched it, in
    any order. A tf.function keeps the order of its lines among the ops that read or write one
    variable, in every run.
    """
    much = 10**12
    balances = tf.Variable([much + 100, 0, 7], dtype=tf.int64)

    @tf.function
    def salary_then_rent(amount):
        transfer(balances, tf.constant(0), tf.constant(1), amount)
        transfer(balances, tf.constant(1, tf.int64), tf.constant(2, tf.int64), amount)

    with expect.works("transfers of 30 from account 0 to 1, then on to 2, in a tf.function"):
        salary_then_rent(cents(30))
    called = "the balances, 10**12 + 100, 0 and 7 before, after 30 went from account 0 to 1 to 2"
    expect.value(balances, np.array([much + 70, 0, 37]), called=called)
    with expect.works("another call of the tf.function, with 10**12 + 70"):
        salary_then_rent(cents(much + 70))
    called = "the balances after 10**12 + 70 more"
    expect.value(balances, np.array([0, 0, much + 107]), called=called)
    with expect.works("a transfer of 7 from account 2 to 2 in eager mode"):
        transfer(balances, tf.constant(2), tf.constant(2), cents(7))
    called = "the balances after account 2 paid 7 to itself"
    expect.value(balances, np.array([0, 0, much + 107]), called=called)


def test_a_refused_transfer_changes_nothing():
    """A transfer that is refused has changed nothing.

    An error rolls nothing back: a variable keeps what was written to it. And a graph is no list of
    lines. What does not depend on each other may run at the same time, so whatever has to be
    known before a write must be something that the write waits for.
    """
    much = 2**53
    balances = tf.Variable([100, 50], dtype=tf.int64)
    first, second = tf.constant(0), tf.constant(1)

    def eager(source, target, amount):
        transfer(balances, source, target, amount)

    def refused(function, source, target, amount, called, idea=None):
        call = lambda: function(source, target, cents(amount))  # noqa: E731
        expect.raises(call, Refused, called=called, idea=idea)

    for function, where in (eager, "in eager mode"), (tf.function(eager), "in a tf.function"):
        for _ in range(20):
            called = f"a transfer of 101 from an account with 100, {where}"
            refused(function, first, second, 101, called)
            called = f"the balances, 100 and 50, after a transfer of 101 was refused {where}"
            expect.value(balances, np.array([100, 50]), called=called)
        called = f"a transfer of 51 from an account with 50 to itself, {where}"
        idea = "The check is about the source, whoever is paid."
        refused(function, second, second, 51, called, idea)
        with expect.works(f"a transfer of 100 from an account with 100, {where}"):
            function(first, second, cents(100))
        called = f"the balances after a transfer of 100, {where}"
        expect.value(balances, np.array([0, 150]), called=called)
        balances.assign([much, 50])
        called = f"a transfer of 2**53 + 1 from an account with 2**53, {where}"
        idea = "An int64 has every cent. A float32 has seven digits, and a float64 about sixteen."
        refused(function, first, second, much + 1, called, idea)
        balances.assign([100, 50])
