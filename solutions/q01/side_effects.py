import tensorflow as tf


def log_amount(path: str, amount: tf.Tensor) -> None:
    tf.print(amount, output_stream=f"file://{path}")


def checked_ratio(amounts: tf.Tensor, limits: tf.Tensor) -> tf.Tensor:
    tf.debugging.assert_positive(limits, message="a limit has to be more than 0")
    return amounts / limits


def transfer(
    balances: tf.Variable, source: tf.Tensor, target: tf.Tensor, amount: tf.Tensor
) -> None:
    enough = tf.debugging.assert_greater_equal(
        tf.gather(balances, source), amount, message="the source has less than the amount"
    )
    with tf.control_dependencies([enough]):
        balances.scatter_sub(tf.IndexedSlices(amount, source))
        balances.scatter_add(tf.IndexedSlices(amount, target))
