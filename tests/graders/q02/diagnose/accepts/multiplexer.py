"""The multiplexer that stands behind TensorBoard's pages."""

import math

import tensorflow as tf
from tensorboard.backend.event_processing.plugin_event_multiplexer import EventMultiplexer


def diagnose(logdir):
    runs = EventMultiplexer({"run": logdir}, size_guidance={"tensors": 100_000})
    runs.Reload()
    contents = runs.PluginRunToTagToContent("histograms")["run"]
    found = {tag[5:]: runs.Tensors("run", tag) for tag in contents if tag[:5] == "grad/"}
    if len(found) == 0:
        raise ValueError(logdir)
    return {path: judge(sorted(points, key=lambda p: p.step)) for path, points in found.items()}


def judge(points):
    for point in points:
        table = tf.make_ndarray(point.tensor_proto)
        low, high = float(table[0, 0]), float(table[-1, 1])
        if not (math.isfinite(low) and math.isfinite(high)):
            return "nan"
    size = max(-low, high, 0.0)
    for bound, name in ((0.0, "dead"), (math.nextafter(1e-6, 0.0), "vanishing"), (1e3, "ok")):
        if size <= bound:
            return name
    return "exploding"
