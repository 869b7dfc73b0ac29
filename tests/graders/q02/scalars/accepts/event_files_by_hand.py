"""Events without TensorFlow: TensorBoard's own writer and protocol buffers, scalars as in TF1."""

import os

from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.event_file_writer import EventFileWriter


def log_history(logdir, history):
    for run in history:
        writer = EventFileWriter(os.path.join(logdir, run))
        for metric in history[run]:
            for step, value in enumerate(history[run][metric]):
                summary = Summary(value=[Summary.Value(tag=metric, simple_value=value)])
                writer.add_event(Event(step=step, summary=summary))
        writer.close()
