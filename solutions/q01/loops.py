import tensorflow as tf


def next_balance(debt: tf.Tensor, rate: tf.Tensor, payment: tf.Tensor) -> tf.Tensor:
    return tf.maximum(debt + debt * rate // 10_000 - payment, 0)


@tf.function
def months_to_repay(
    debt: tf.Tensor, rate: tf.Tensor, payment: tf.Tensor, limit: tf.Tensor
) -> tf.Tensor:
    months = tf.constant(0, tf.int64)
    while debt > 0 and months < limit:
        debt = next_balance(debt, rate, payment)
        months += 1
    return months


@tf.function
def balances(debt: tf.Tensor, rate: tf.Tensor, payment: tf.Tensor, limit: tf.Tensor) -> tf.Tensor:
    result = tf.TensorArray(tf.int64, size=0, dynamic_size=True, element_shape=[])
    months = 0
    while debt > 0 and tf.cast(months, tf.int64) < limit:
        debt = next_balance(debt, rate, payment)
        result = result.write(months, debt)
        months += 1
    return result.stack()
