"""Predict what TensorFlow does: replace each ... by your answer."""

# 1. What is float(tf.constant(1) + 1)?
SUM = 2
