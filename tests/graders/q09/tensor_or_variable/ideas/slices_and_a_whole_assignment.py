"""Three parts of a tensor are joined; the variable is assigned the result; a snapshot is a tensor."""

import tensorflow as tf


def replaced(tensor, index, value):
    return tf.concat([tensor[:index], [value], tensor[index + 1 :]], axis=0)


def write_at(variable, index, value):
    variable.assign(replaced(variable, index, value))


def snapshot(variable):
    return tf.convert_to_tensor(variable)
