"""What runs on a learner's machine: the pytest plugin, the expectations, the warm process."""
