"""Say what a training loop spends its time on, from a capture alone."""

from os import PathLike


def diagnose(logdir: str | PathLike[str]) -> tuple[str, str]:
    """Name what takes the largest share of the steps' time, and what is behind it.

    The captures lie in plugins/profile/RUN/HOST.xplane.pb, from one host and without a GPU; there
    is one. `lab.xplane.read(file)` gives its events, and so does xprof's trace viewer.
    (Its ProfileData has numbers for some facts that are texts.) In a capture of TensorFlow on a
    CPU:

    - A step is an event with the fact `step_num`, and what happens in it starts within its time.
    - The step waits for its batch in events of the name `IteratorGetNextOp::DoCompute`.
    - A call of a tf.function, from Python, is an event with the fact `tf_function_call`: it
      begins with "traced" if the call had to trace the function first, else with "notTraced".
    - An operation is an event of the name "name:type", as in "dense/MatMul:MatMul": one colon, no
      blank, nothing empty.
    - The threads (lines) of tf.data have names that begin with "tf_data".

    The time of all steps is divided among four kinds:

    - "input": the steps wait for their batches.
    - "retracing": calls that trace, if there are two or more. One is none too many: it is the
      first call, and counts as "compute".
    - "compute": all other calls.
    - "python": what is left.

    Returns:
        The kind with the largest share, and the culprit:

        - for "input", the operation on the threads of tf.data that took the most time in all, and
          for "compute" that on all other threads. It is given by its name, without the type; ""
          if there is none.
        - for "retracing", the name of the event of the calls that trace, which is the name of the
          function.
        - for "python", "".

        If no step is marked: ("no steps", "").

    Raises:
        FileNotFoundError: there is no capture.
    """
    raise NotImplementedError
