"""Show what a compiled function is made of, and where its time goes.

`fn` is a tf.function of tensors. It changes no variables: call it as often as you like.
"""

from typing import Any

import tensorflow as tf


def export_graph(fn: Any, args: tuple[tf.Tensor, ...], logdir: str) -> None:
    """Write the graph of `fn(*args)`, for TensorBoard's Graphs tab.

    >>> score = tf.function(lambda x: tf.nn.softplus(x, name="soft"))
    >>> total = score(tf.ones([2]))  # traced long before you want to see it
    >>> export_graph(score, (tf.ones([2]),), "logs")  # the tab has an op "soft"

    - The tab shows the ops of this graph by their names, with name scopes, perhaps below a prefix.
    - The graph is on disk when the function returns.
    - Neither a trace nor a profiler is left running.

    Args:
        fn: it may have been called before, or never.
        args: ops that run only for other arguments are not shown.
    """
    raise NotImplementedError


def export_profile(fn: Any, args: tuple[tf.Tensor, ...], logdir: str) -> None:
    """Write a profile of calls `fn(*args)`, for TensorBoard's Profile tab.

    >>> export_profile(tf.function(tf.nn.softplus), (tf.ones([2]),), "logs")
    >>> tf.io.gfile.listdir("logs/plugins")
    ['profile']

    - It has at least one call, with the ops of the graph that ran.
    - The tab lists it when the function returns.
    - Tracing is not in it.
    - No trace and no profiler is left on.

    Args:
        fn: it may have been called before, also with other arguments.

    Beyond the idea:
        - If `fn` raises, its exception comes out, and no profiler is left running.
    """
    raise NotImplementedError
