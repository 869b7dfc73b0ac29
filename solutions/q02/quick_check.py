"""Quick check: what TensorFlow and TensorBoard do, and why."""

# 1. kernel and bias, for both layers. Two variables share each tag.
TAGS_BY_NAME = 2

# 2. Python ran once, while the function was traced, and its number became a constant.
STEPS_IN_A_GRAPH = [1, 1, 1, 1]

# 3. A writer is looked for while the function is traced. There was none, so that the graph has
# no op that writes.
POINTS_OF_A_COMPILED_STEP = 0

# 4. The graph was made in the first call. The second one adds a call of something that was there.
SHOWS_SOFTPLUS = False

# 5. A sample of ten. size_guidance={"tensors": 0} keeps all.
POINTS_READ = 10

# 6. Clipping makes large gradients smaller, and does nothing else.
CLIPPED = "the same"

# 7. The slope of a sigmoid is 1/4 at most, whatever the weights are.
CURED_BY_INITIALIZATION = False
