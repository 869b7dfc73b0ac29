"""A tf.py_function writes the file; tf.debugging.Assert checks; one-hot arithmetic moves the money."""

import tensorflow as tf


def log_amount(path, amount):
    def append(value):
        with open(path, "a", encoding="utf-8") as file:
            file.write(f"{int(value)}\n")

    tf.py_function(append, [amount], [])


def checked_ratio(amounts, limits):
    fine = tf.reduce_all(limits > 0)
    with tf.control_dependencies([tf.debugging.Assert(fine, [limits])]):
        return tf.identity(amounts / limits)


def transfer(balances, source, target, amount):
    size = balances.shape[0]
    balance = tf.gather(balances, source)
    enough = tf.debugging.Assert(balance >= amount, ["not enough:", balance, amount])
    change = tf.one_hot(target, size, dtype=tf.int64) - tf.one_hot(source, size, dtype=tf.int64)
    with tf.control_dependencies([enough]):
        balances.assign_add(change * amount)
