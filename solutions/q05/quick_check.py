"""Quick check: what TensorFlow does, and why."""

# 1. Keras 3 goes by the ending: .keras or .h5. A SavedModel is written by model.export.
SAVE_WITHOUT_ENDING = "error"

# 2. Two variables are there from the start: iterations and learning rate. The eight slot variables
# are made when the optimizer first meets the weights, which load_model does not arrange for .h5.
OPTIMIZER_VARIABLES = [10, 2]

# 3. The file has the optimizer's ten variables. The new optimizer has two so far, that does not
# fit, and Keras skips it with a warning. optimizer.build beforehand would have made room.
ITERATIONS = 0

# 4. It has no architecture in it: no config, no layers. keras.layers.TFSMLayer makes one single
# layer of the whole graph.
LOAD_EXPORTED = "error"

# 5. Inputs are named after keras.Input. Outputs are counted; a model that returns a dict names
# them. The names of layers do not matter.
SIGNATURE = ["frame", "output_0"]

# 6. The step was traced when all layers were trained, and its graph goes on like that. compile
# makes a new step.
FROZEN_LAYER_MOVES = True

# 7. The callback starts anew, and 0.5 is the best that it has seen. Its argument
# initial_value_threshold tells it of 0.1.
BEST_IS_OVERWRITTEN = True

# 8. The samples end at 1.0, and so does the input: 127 means 1.0.
BEYOND_THE_SAMPLES = 1.0
