"""What TensorFlow itself does: the proof behind katas/q12/README.md."""
