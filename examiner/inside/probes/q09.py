"""Probes of q09."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import tensorflow as tf


def totals(stub: ModuleType, batches: list[np.ndarray[Any, Any]]) -> list[Any]:
    """The total of a RunningTotal after each of the batches, called within a tf.function."""
    layer = stub.RunningTotal()
    call = tf.function(layer)
    seen = []
    for batch in batches:
        call(tf.constant(batch))
        seen.append(tf.convert_to_tensor(layer.total))
    return seen


def counts(stub: ModuleType, calls: list[list[int]]) -> list[Any]:
    """What two counters return: each call names its counter and the rows of its batch."""
    counters = [stub.make_counter(), stub.make_counter()]
    return [tf.convert_to_tensor(counters[which](tf.ones([rows]))) for which, rows in calls]
