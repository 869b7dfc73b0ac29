"""Quick check: predict what a model server does."""

# 1.  tf.saved_model.save(model, "/models/fraud/1"), for a Keras model. In Python,
#     tf.saved_model.load("/models/fraud/1") predicts as the model does.
#
# A server loads it in C++ and gets a request. What does the client get? "scores" or "error"
SAVED_BY_TENSORFLOW = "error"

# 2.  The folder of a model has these children, each a complete SavedModel:
#
#     1   9   10   best   11.tmp
#
# Which version does a server take, if its configuration does not say? A number.
LATEST = 10

# 3.  A configuration says
#
#     model_version_policy { specific { versions: 1 } }
#
# and the server has version 1. Now version 2 is published, and the server looks again.
# Which version answers? A number.
AFTER_PUBLISHING = 1

# 4.  model.export("/models/fraud/1"), for a functional Keras model whose Input has no name.
#
# What is its output called in the signature serving_default? A string.
OUTPUT = "output_0"

# 5.  request.inputs["features"].CopyFrom(tf.make_tensor_proto(np.array([[1.0, 2.0, 3.0]])))
#
# The signature serving_default has the input `features`, float32, (None, 3).
# What does the client get? "scores" or "error"
NUMPY_ROWS = "error"

# 6.  A model has the versions 1 and 2, both complete, and the configuration has no word on
#     versions. Half of the requests shall go to each, by a balancer before two such servers.
#
# How many versions does each server have loaded? A number.
LOADED = 1

# 7.  A configuration gives the label "stable" to version 1, which is in its folder. A server is
#     started with it, and with no flags but --model_config_file.
#
# Does it start? "yes" or "no"
STARTS = "no"

# 8.  The signature serving_default has the input `features`, float32, (None, 3). The model returns
#     tf.reduce_sum(features, axis=1). A client sends one row with two features.
#
# What does the client get? "scores" or "error"
SHORT_ROW = "scores"

# 9.  The folder of a version has its saved_model.pb, but somebody has forgotten to copy the folder
#     `variables`. The model has a variable, and there is no warm-up file.
#
# What is its state, and what does a client get? "AVAILABLE" or "END", and "scores" or "error",
# such as "END, error".
NO_VARIABLES = "AVAILABLE, error"
