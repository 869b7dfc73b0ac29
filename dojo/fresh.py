"""Every test starts from the same seeds and from TensorFlow's defaults."""

from __future__ import annotations

import contextlib
import sys


def start_afresh() -> None:
    """Undo what an earlier test may have left in TensorFlow and Keras; does not import them."""
    if not {"tensorflow", "keras"} <= sys.modules.keys():
        return
    import keras
    import tensorflow as tf

    keras.utils.clear_session(free_memory=False)  # a collection takes longer than a test
    keras.utils.set_random_seed(20)
    tf.config.run_functions_eagerly(False)
    record_nothing()


def record_nothing() -> None:
    """Take back all that goes on recording: default writer and step, trace, profiler.

    The collection of graphs goes on after tf.summary.trace_off. What ran in between, in another
    test, would be in the next graph that is exported.
    """
    import tensorflow as tf
    from tensorflow.python.eager import context  # no public name switches the collection off
    from tensorflow.python.ops import summary_ops_v2  # nor takes back a default writer

    summary_ops_v2._summary_state.writer = None
    tf.summary.experimental.set_step(None)
    tf.summary.trace_off()
    context.context().disable_graph_collection()
    with contextlib.suppress(tf.errors.OpError):
        tf.profiler.experimental.stop(save=False)
