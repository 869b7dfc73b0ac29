"""Asks for the kinds of TF1: in the files of TF2, all tags are tensors.

breaks: "The states by path"
fails: test_a_nan_at_any_step_counts, test_a_path_is_all_after_grad, test_a_run_may_have_several_files, test_each_state_has_its_name, test_other_tags_do_not_matter, test_the_last_step_counts, test_the_last_step_may_stand_before_others, test_the_sign_does_not_matter
"""

import numpy as np
import tensorflow as tf
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


def diagnose(logdir):
    run = EventAccumulator(logdir, size_guidance={"tensors": 0})
    run.Reload()
    states = {}
    for tag in run.Tags()["histograms"]:
        if tag.startswith("grad/"):
            points = sorted(run.Tensors(tag), key=lambda point: point.step)
            tables = [tf.make_ndarray(point.tensor_proto) for point in points]
            states[tag[len("grad/") :]] = state(tables)
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
