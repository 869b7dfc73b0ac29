"""Quick check: predict what TensorFlow does.

Replace every `...` by your prediction. The test runs the snippet and compares. Predict first;
running it is for afterwards.
"""

# All questions but 7 and 8 are about this model, trained for five steps:
#
#     def build():
#         model = keras.Sequential([
#             keras.Input([3], name="frame"),
#             keras.layers.Dense(4, activation="relu"),
#             keras.layers.Dense(1, name="intruder"),
#         ])
#         model.compile(keras.optimizers.Adam(), keras.losses.MeanSquaredError())
#         return model
#
#     model = build()
#     for _ in range(5):
#         model.train_on_batch(x, y)

# 1.  model.save("model")
#
# What is written, or does it fail? "SavedModel", "keras file" or "error"
SAVE_WITHOUT_ENDING = ...

# 2.  model.save("model.h5")
#     loaded = keras.models.load_model("model.h5")
#
# Adam has two slot variables for each of the four weight tensors; its `variables` include
# the iterations and the learning rate, too. What are len(model.optimizer.variables) and
# len(loaded.optimizer.variables)? A list of two numbers.
OPTIMIZER_VARIABLES = ...

# 3.  model.save_weights("model.weights.h5")
#     again = build()
#     again.load_weights("model.weights.h5")
#
# What is int(again.optimizer.iterations)? A number.
ITERATIONS = ...

# 4.  model.export("exported")
#     keras.models.load_model("exported")
#
# What comes back? "model", "layer" or "error"
LOAD_EXPORTED = ...

# 5.  What are the names of the input and the output in the signature of "exported"?
#
# A list of two strings: the first is one of "frame", "args_0" and "input_0", the second one of
# "intruder", "dense_1" and "output_0".
SIGNATURE = ...

# 6.  first = model.layers[0]
#     first.trainable = False
#     before = first.get_weights()
#     model.train_on_batch(x, y)
#
# Has this step changed the first layer's weights? True or False
FROZEN_LAYER_MOVES = ...

# 7.  Yesterday, fit ran with this callback, and the smallest loss of an epoch was 0.1:
#
#     keras.callbacks.ModelCheckpoint("best.keras", monitor="loss", save_best_only=True)
#
# Today, fit goes on in a new process, with the same line. Its first epoch has the loss 0.5. Is
# "best.keras" overwritten after that epoch? True or False
BEST_IS_OVERWRITTEN = ...

# 8.  model = keras.Sequential([
#         keras.Input([1]),
#         keras.layers.Dense(1, kernel_initializer="ones"),
#     ])
#
# This model returns what it gets. It is converted to int8 with input and output in int8; the
# representative data set has the rows [[0.0]], [[0.5]] and [[1.0]]. Now the device feeds 200.0:
# rounded to the input's scale, and limited to what an int8 holds.
#
# What is the output, back in real numbers and rounded to one decimal? A number.
BEYOND_THE_SAMPLES = ...
