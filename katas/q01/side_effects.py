"""Three effects that happen in every run, in eager mode and in graphs.

All are called in eager mode, and within the conditions and loops of tf.functions.
"""

import tensorflow as tf


def log_amount(path: str, amount: tf.Tensor) -> None:
    """Append a line to a file: the amount, a scalar int64 tensor.

    >>> log_amount("a.log", tf.constant(1250, tf.int64))
    >>> log_amount("a.log", tf.constant(-300, tf.int64))
    >>> print(tf.io.read_file("a.log").numpy().decode(), end="")
    1250
    -300

    - Each time that the program gets there, it writes one line.
    - They are in the file when the eager call, or the tf.function, returns.
    - Lines that are in the file stay there.

    Beyond the idea:
        - An amount is written with all its digits.
        - Several files may be in use.
    """
    raise NotImplementedError


def checked_ratio(amounts: tf.Tensor, limits: tf.Tensor) -> tf.Tensor:
    """Divide `amounts` by `limits`, two float32 tensors of one shape.

    >>> checked_ratio(tf.constant([1.0, -3.0]), tf.constant([4.0, 2.0])).numpy()
    array([ 0.25, -1.5 ], dtype=float32)

    Returns:
        `amounts / limits`, a float32 tensor of their shape.

    Raises:
        tf.errors.InvalidArgumentError: A limit is 0 or less.
            A graph checks this in each run, also where nobody uses the ratio.

    Beyond the idea:
        - A limit that is NaN is refused as well.
        - Every other limit from 1.2e-38 on is fine, also infinity, or if the ratio is infinite.
        - There may be no elements.
        - In a graph, the shape may be unknown.
    """
    raise NotImplementedError


def transfer(
    balances: tf.Variable, source: tf.Tensor, target: tf.Tensor, amount: tf.Tensor
) -> None:
    """Move an amount from one of the balances to another, or change nothing.

    >>> balances = tf.Variable([100, 50], dtype=tf.int64)
    >>> transfer(balances, tf.constant(0), tf.constant(1), tf.constant(30, tf.int64))
    >>> balances.numpy()
    array([70, 80])

    `source` and `target` are valid indices: scalar int32 or int64 tensors of one dtype.

    - Each transfer finds the balances that those before it have left.

    Raises:
        tf.errors.InvalidArgumentError: The source has less than the amount.
            Then no balance changes, in eager mode and in a graph.

    Beyond the idea:
        - Source and target may be the same account.
        - Large amounts are compared and moved to the cent.
        - The balances of other accounts do not matter, and may be less than 0.
    """
    raise NotImplementedError
