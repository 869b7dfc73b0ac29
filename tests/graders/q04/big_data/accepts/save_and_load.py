"""Saves a dataset in a step of its own and loads it for training. What a killed job has
left unfinished has another name, so that it is never taken for the whole."""

import os
import shutil

import tensorflow as tf

A = tf.data.AUTOTUNE


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    whole = os.path.join(cache_dir, name + ".saved")
    if not os.path.exists(whole):
        ds = tf.data.Dataset.from_tensor_slices(paths).map(decode, A)
        ds.save(whole + ".part")
        os.rename(whole + ".part", whole)
    ds = tf.data.Dataset.load(whole)
    return ds.shuffle(shuffle_buffer).map(augment, A).batch(batch_size).prefetch(A)


def forget(cache_dir, name):
    for suffix in (".saved", ".saved.part"):
        shutil.rmtree(os.path.join(cache_dir, name + suffix), ignore_errors=True)
