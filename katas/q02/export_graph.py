"""Show what a compiled function is made of, and where its time goes."""

from typing import Any

import tensorflow as tf

# In both functions, `fn` is a tf.function of tensors. It may have been called before, with these
# arguments or with others, or not at all. It makes no variables and changes none, so that it may
# be run as often as you like, and its Python function (`fn.python_function`) be compiled again.
# `args` are the tensors that it is called with: fn(*args).


def export_graph(fn: Any, args: tuple[tf.Tensor, ...], logdir: str) -> None:
    """Write the graph that `fn` runs for `args`, for TensorBoard's Graphs tab.

    The tab then shows the ops of that graph, each under the name that it has in the graph of
    `fn`, with its name scopes. Ops around it, such as those for arguments and results, do not
    matter. What `fn` runs for other arguments is not shown.

    It is on disk when the function returns, and nothing is being recorded any more: a call of
    `tf.summary.trace_export` raises, since there is no trace.

    Args:
        fn: see above.
        args: see above.
        logdir: a folder, which need not exist yet, and has no logs in it.
    """
    raise NotImplementedError


def export_profile(fn: Any, args: tuple[tf.Tensor, ...], logdir: str) -> None:
    """Write a profile of `fn(*args)`, for TensorBoard's Profile tab.

    The profile has at least one call of `fn`, with what every device did in it. It does not have
    the tracing of `fn`, which happens once and may take longer than a thousand calls: whether
    `fn` was called before or not, its Python code does not run while the profiler does.

    The profile is on disk when the function returns, somewhere below `logdir`, where TensorBoard
    finds it. Nothing is being recorded any more: no trace, and no profiler.

    Args:
        fn: see above.
        args: see above.
        logdir: a folder, which need not exist yet, and has no logs in it.
    """
    raise NotImplementedError
