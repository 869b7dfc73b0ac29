"""What a batch tells about the people and about the tests, made from its results."""
