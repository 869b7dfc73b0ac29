"""What TensorFlow itself does: the proof behind katas/q02/README.md."""
