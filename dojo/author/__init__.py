"""Help for those who write katas."""
