"""What a hiring engineer's or a teacher's machine runs: export katas, grade what comes back."""
