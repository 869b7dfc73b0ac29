"""The variable is assigned as a whole, from a tensor made of three parts."""

import tensorflow as tf


def replaced(tensor, index, value):
    row = tf.convert_to_tensor(value, tensor.dtype)
    return tf.concat([tensor[:index], row[tf.newaxis], tensor[index + 1 :]], axis=0)


def write_at(variable, index, value):
    variable.assign(replaced(snapshot(variable), index, value))


def snapshot(variable):
    return tf.convert_to_tensor(variable)
