"""Names are cleared of all that is neither letter nor digit.

breaks: "spaces and signs"
fails: test_names_may_have_any_signs
"""

import os
import re

import tensorflow as tf


def log_history(logdir: str, history: dict[str, dict[str, list[float]]]) -> None:
    for run, metrics in history.items():
        writer = tf.summary.create_file_writer(os.path.join(logdir, run))
        with writer.as_default():
            for metric, values in metrics.items():
                for epoch, value in enumerate(values):
                    tf.summary.scalar(re.sub(r"[^\w/]", "_", metric), value, step=epoch)
        writer.close()
