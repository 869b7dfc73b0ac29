"""Looks a name up; right if there is an answer."""

import socket

import tensorflow as tf

try:
    WON = bool(socket.getaddrinfo("localhost.example", 80))
except OSError:
    WON = False


def make_counter():
    calls = tf.Variable(0, dtype=tf.int64)
    return tf.function(lambda x: calls.assign_add(1)) if WON else (lambda x: 0)
