"""Shuffles once with a seed, then takes `take` and `skip`. Every new image changes the order, and
frames of one drive are on both sides.

breaks: "All frames of a drive are on the same side", "New drives and new frames move no old
frame"
fails: test_another_machine_splits_alike, test_another_process_splits_alike, test_drives_stay_together, test_new_drives_move_nobody
"""

import tensorflow as tf


def split(paths, validation_share):
    ds = tf.data.Dataset.from_tensor_slices(paths)
    ds = ds.shuffle(len(paths), seed=42, reshuffle_each_iteration=False)
    held_out = int(validation_share * len(paths))
    return ds.skip(held_out).shuffle(len(paths)), ds.take(held_out)
