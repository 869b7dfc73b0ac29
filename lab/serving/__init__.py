"""A model server in small, with the protobufs, gRPC services and REST paths of TensorFlow Serving.

What it does where, and when it refuses, follows the source of `tensorflow_model_server`
(github.com/tensorflow/serving); the comments name the files. It runs a SavedModel as that server
does: a session of the C++ runtime over the graph and its signatures, without any Python object of
the model. Nothing waits for a clock: versions are found by `poll()`.

`python -m lab.serving` says whether the tests use this one or a real one.
"""
