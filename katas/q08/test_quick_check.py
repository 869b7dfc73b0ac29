import tensorflow as tf

from dojo import expect
from katas.q08.quick_check import SUM


def test_sum() -> None:
    """1. A sum."""
    expect.prediction(SUM, float(tf.constant(1) + 1), called="float(tf.constant(1) + 1)")
