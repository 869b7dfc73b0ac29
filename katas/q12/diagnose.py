"""Say what a training loop spends its time on, from a capture alone.

`lab.xplane.read(file)` gives the events of a capture, which is here one file, of one host without a
GPU: LOGDIR/plugins/profile/RUN/HOST.xplane.pb. These are the events that matter in a step:

>>> from lab.xplane import training_step
>>> for e in training_step(0, busy="decode/DecodeJpeg:DecodeJpeg"):
...     if "::Root" not in e.name and "Run" not in e.name and "Process" not in e.name:
...         print(e.line, "|", e.name, "|", *e.facts)
python | IteratorGetNextOp::DoCompute | id iter_num
python | train_step | tf_function_call tracing_count
python | train | step_num _r
tf_data_private_threadpool/9 | decode/DecodeJpeg:DecodeJpeg |
tf_Compute/1 | dense/MatMul:MatMul |
"""

from os import PathLike


def diagnose(logdir: str | PathLike[str]) -> tuple[str, str]:
    """Name what takes the largest share of the steps' time, and what is behind it.

    >>> from lab.xplane import training_step, write
    >>> file = write(training_step(0, wait=8000, busy="decode/DecodeJpeg:DecodeJpeg"), "logs")
    >>> diagnose("logs")
    ('input', 'decode/DecodeJpeg')

    - A step is an event with the facts `step_num` and `_r`.
    - An event counts if it starts within a step.
    - All its time counts, even after the step's end or while other events run.

    Returns:
        The kind that takes the largest share of the steps' time, and its culprit:

        - "input": the events `IteratorGetNextOp::DoCompute`, and no other. The culprit is the
          operation with the largest total time on the lines whose names begin with "tf_data".
        - "retracing": the calls that trace, but only of functions that trace in two calls or more.
          The culprit is the one of these functions whose traces take the most time.
        - "compute": all other calls. The culprit is the operation with the largest total time on
          all other lines, "python" among them.
        - "python": what is left of the steps' time. The culprit is "".

        A call is an event with the fact `tf_function_call`. It traces if that begins with "traced".
        An operation is an event like "decode/DecodeJpeg:DecodeJpeg", with one colon and no blank.
        It is named without its type. If no step is marked: ("no steps", "").

    Raises:
        FileNotFoundError: there is no capture.

    Beyond the idea:
        - A call within one that counts, on the same line, is a part of it, and adds nothing.
        - Without an operation to name, the culprit is "".
    """
    raise NotImplementedError
