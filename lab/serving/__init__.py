"""A model server in small, with the protobufs, gRPC services and REST paths of TensorFlow Serving.

What it does when, and what it refuses, follows the source of `tensorflow_model_server`
(github.com/tensorflow/serving); the comments name the files, and docs/serving-conformance.md the
cases. It runs a SavedModel as that server does: by the same loader and the same `Session::Run` of
the C++ runtime, without any Python object of the model. It lives in real time.

`python -m lab.serving` says whether the tests use this one or a real one.
"""
