"""All histograms are judged, those of weights too.

breaks: "there is no tag that begins with `grad/`"
fails: test_a_path_is_all_after_grad, test_no_gradients_is_an_error, test_other_tags_do_not_matter
"""

import numpy as np
import tensorflow as tf
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


def diagnose(logdir):
    run = EventAccumulator(logdir, size_guidance={"tensors": 0})
    run.Reload()
    states = {}
    for tag in run.Tags()["tensors"]:
        if run.SummaryMetadata(tag).plugin_data.plugin_name == "histograms":
            points = sorted(run.Tensors(tag), key=lambda point: point.step)
            tables = [tf.make_ndarray(point.tensor_proto) for point in points]
            states[tag.split("/", 1)[1]] = state(tables)
    if not states:
        raise ValueError("no gradients")
    return states


def state(tables):
    if any(not np.isfinite(table[:, :2]).all() for table in tables):
        return "nan"
    size = abs(tables[-1][:, :2]).max()
    if size == 0:
        return "dead"
    if size < 1e-6:
        return "vanishing"
    if size > 1e3:
        return "exploding"
    return "ok"
