"""Shuffles, then takes `take` and `skip`. The shuffle draws a new order in every epoch, and with
it a new split.

breaks: "Every path is on exactly one side, in every epoch", "Training comes in a new order"
fails: test_another_machine_splits_alike, test_another_process_splits_alike, test_drives_stay_together, test_every_path_is_on_one_side_in_every_epoch, test_new_drives_move_nobody, test_relative_paths_are_split_alike, test_validation_is_in_one_order
"""

import tensorflow as tf


def split(paths, validation_share):
    ds = tf.data.Dataset.from_tensor_slices(paths).shuffle(len(paths))
    held_out = int(validation_share * len(paths))
    return ds.skip(held_out), ds.take(held_out)
