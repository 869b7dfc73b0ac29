"""Many submissions, each graded once, whatever dies meanwhile."""
