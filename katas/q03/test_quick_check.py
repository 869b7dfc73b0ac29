"""TensorFlow runs what the quick check asks about, and your predictions are compared."""

import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q03 import quick_check as answers

register = keras.saving.register_keras_serializable(package="q03_quick_check")


@register
class Raw(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.number = tf.Variable(1.0)

    def call(self, inputs):
        return inputs * self.number


class One(keras.layers.Layer):
    def __init__(self, factor, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def call(self, inputs):
        return inputs * self.factor

    def get_config(self):
        return {**super().get_config(), "factor": self.factor}


@register
class Two(keras.layers.Layer):
    def __init__(self, factor, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def call(self, inputs):
        return inputs * self.factor


@register
class Three(keras.layers.Layer):
    def __init__(self, factor):
        super().__init__()
        self.factor = factor

    def call(self, inputs):
        return inputs * self.factor

    def get_config(self):
        return {**super().get_config(), "factor": self.factor}


def double(x):
    return 2.0 * x


@register
def twice(x):
    return 2.0 * x


def model_of(layer):
    return keras.Sequential([keras.Input([3]), layer])


def loads(layer, path):
    """Whether load_model gives a model with this layer back."""
    model_of(layer).save(path)
    try:
        keras.models.load_model(path)
    except Exception:
        return False
    return True


def test_a_raw_variable_in_two_files(tmp_path):
    """1. What a .keras file and a checkpoint hold of a tf.Variable.

    Keras writes what Keras tracks, TensorFlow writes what TensorFlow tracks.
    """
    model, new = model_of(Raw()), model_of(Raw())
    model.layers[0].number.assign(5.0)
    model.save(tmp_path / "m.keras")
    tf.train.Checkpoint(model=model).write(str(tmp_path / "ckpt"))
    tf.train.Checkpoint(model=new).read(str(tmp_path / "ckpt")).expect_partial()
    loaded = keras.models.load_model(tmp_path / "m.keras")
    truth = [float(each.layers[0].number) for each in (loaded, new)]
    expect.prediction(answers.STORED, truth, called="STORED")


def test_what_a_layer_needs_to_be_loaded(tmp_path):
    """2. Which layers a path alone brings back.

    Loading needs the class, and then arguments that fit its constructor. Ask where each of the two
    comes from.
    """
    truth = [loads(kind(2.0), tmp_path / "m.keras") for kind in (One, Two, Three)]
    expect.prediction(answers.LOADS, truth, called="LOADS")


def test_the_axis_of_a_dot_product():
    """3. What is left when rows are summed over axis 1.

    Write down the shape of the rows first; the batch is axis 0.
    """
    try:
        ids = keras.Input([1], dtype="int32")
        rows = keras.layers.Embedding(10, 4)(ids)
        truth = keras.Model(ids, keras.ops.sum(rows * rows, axis=1)).output_shape[1]
    except Exception:
        truth = "error"
    expect.prediction(answers.WIDTH, truth, called="WIDTH")


def test_lambdas_that_load(tmp_path):
    """4. Which functions a path alone brings back.

    A file can hold a name or a function's bytecode. Ask what each layer writes, where a name is
    looked up, and what load_model is ready to run.
    """
    layers = [keras.layers.Lambda(f) for f in (lambda x: 2.0 * x, double, twice)]
    layers.append(keras.layers.Activation(keras.ops.log1p))
    truth = [loads(layer, tmp_path / "m.keras") for layer in layers]
    expect.prediction(answers.LAMBDAS, truth, called="LAMBDAS")


def test_weights_of_a_lambda():
    """5. What Keras finds of a variable that a Lambda uses.

    Keras looks at what is assigned to the attributes of a layer.
    """
    v, x = keras.Variable(3.0), tf.ones([1, 2])
    first = keras.layers.Lambda(lambda x: x * v)
    second = keras.layers.Lambda(lambda x: x * second.factor)
    second.factor = keras.Variable(3.0)
    first(x)
    second(x)
    truth = [len(first.trainable_weights), len(second.trainable_weights)]
    expect.prediction(answers.WEIGHTS_OF_LAMBDAS, truth, called="WEIGHTS_OF_LAMBDAS")


def test_rows_that_adam_moves():
    """6. Which rows of an embedding a step of Adam moves.

    The gradient is zero for the rows that a batch does not name. Ask what else Adam's step is made
    of.
    """
    embedding = keras.layers.Embedding(5, 3)
    model = keras.Sequential([keras.Input([1], dtype="int32"), embedding, keras.layers.Dense(1)])
    model.compile("adam", "mse", jit_compile=False)
    model.optimizer.build(model.trainable_variables)
    model.train_on_batch(np.array([[1], [2]]), np.ones([2, 1, 1]))
    before = embedding.embeddings.numpy()
    model.train_on_batch(np.array([[3], [3]]), np.ones([2, 1, 1]))
    moved = np.any(embedding.embeddings.numpy() != before, axis=1)
    expect.prediction(answers.MOVED, moved.tolist(), called="MOVED")
