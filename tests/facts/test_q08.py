"""What TensorFlow itself does: the proof behind katas/q08/README.md."""
