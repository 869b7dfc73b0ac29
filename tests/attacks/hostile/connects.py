"""Connects to a server of this machine; right if it answers."""

import socket

import tensorflow as tf

try:
    WON = bool(socket.create_connection(("127.0.0.1", int("@PORT@")), timeout=3).recv(1))
except OSError:
    WON = False


def make_counter():
    calls = tf.Variable(0, dtype=tf.int64)
    return tf.function(lambda x: calls.assign_add(1)) if WON else (lambda x: 0)
