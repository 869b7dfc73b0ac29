"""Worked out by simple sums."""

marked = []
STEPS_WITHOUT_MARKERS = len(marked)
EAGER_OPERATIONS = sum(marked)
STEPS_OF_THE_CALLBACK = len(list(filter(None, marked)))
INPUT_BEFORE_THE_MARKER = "next to nothing" if not marked else "most"
STAGE = "".join(("Parallel", "Map"))
TWO_PROFILERS = "raises"
