"""What TensorFlow does, and why."""

# 1 -- It is paths, shuffle, parallel map (AUTOTUNE), batch, prefetch (AUTOTUNE). What is missing
# is the cache: every epoch reads and decodes all files again.
MISSING_STAGE = "cache"

# 2 -- A cache keeps elements. The random op stands before it and never runs again.
SAME_NUMBERS = True

# 3 -- Two for the look, which ends before the end of the data and leaves no cache; six for the
# first whole pass, which fills it; none for the second.
LOADS = 8

# 4 -- The buffer holds 0, 1 and 2 when the first element is drawn. Every drawn element is
# replaced by the next one of the input.
LARGEST_FIRST = 2

# 5 -- A cache file belongs to whoever names it. Nothing in it says what it was made from.
SECOND_PROGRAM = [0, 1, 2]

# 6 -- Files are listed class by class, and the validation side is the end of the list.
VALIDATION_LABELS = [1, 1]

# 7 -- Every pass over a shuffled dataset has an order of its own, so each prediction is compared
# with the answer to another element: half of them agree by chance.
SHARE_RIGHT = 0.5
