"""What Keras does about custom layers: tracking, saving and loading, lambdas, embeddings."""

import warnings

import keras
import numpy as np
import pytest
import tensorflow as tf

register = keras.saving.register_keras_serializable(package="facts_q03")


def model_of(layer, width=3):
    return keras.Sequential([keras.Input([width]), layer])


def reloaded(model, folder, **kwargs):
    model.save(folder / "m.keras")
    return keras.models.load_model(folder / "m.keras", **kwargs)


def root(error):
    """The exception that started a chain of them."""
    while inner := error.__cause__ or error.__context__:
        error = inner
    return error


class Raw(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.number = tf.Variable(1.0)

    def call(self, inputs):
        return inputs * self.number


register(Raw)


class Scaled(keras.layers.Layer):
    """With a config, and not registered."""

    def __init__(self, factor, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def call(self, inputs):
        return inputs * self.factor

    def get_config(self):
        return {**super().get_config(), "factor": self.factor}


@register
class WithoutConfig(keras.layers.Layer):
    def __init__(self, factor, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def call(self, inputs):
        return inputs * self.factor


@register
class WithoutKwargs(keras.layers.Layer):
    def __init__(self, factor):
        super().__init__()
        self.factor = factor

    def call(self, inputs):
        return inputs * self.factor

    def get_config(self):
        return {**super().get_config(), "factor": self.factor}


@register
class Holder(keras.layers.Layer):
    """Holds a layer, and leaves its config to Keras."""

    def __init__(self, inner, **kwargs):
        super().__init__(**kwargs)
        self.inner = inner

    def call(self, inputs):
        return self.inner(inputs)


def double(x):
    return 2.0 * x


@register
def twice(x):
    return 2.0 * x


# Variables


def test_a_tf_function_does_not_take_a_symbolic_input():
    """tf.nn.embedding_lookup of a variable and a Keras input raises; keras.ops.take works."""
    ids = keras.Input([1], dtype="int32")
    table = tf.Variable(tf.ones([5, 3]))
    with pytest.raises(ValueError, match="KerasTensor cannot be used"):
        tf.nn.embedding_lookup(table, ids)
    model = keras.Model(ids, keras.ops.take(table, ids, axis=0))
    assert model.weights == []


def test_a_tf_variable_is_lost_in_a_keras_file(tmp_path):
    """A .keras file has nothing of a tf.Variable, and loading says nothing."""
    model = model_of(Raw())
    model.layers[0].number.assign(5.0)
    assert model.weights == []
    assert float(reloaded(model, tmp_path).layers[0].number) == 1.0


def test_a_tf_variable_is_in_a_checkpoint_and_a_saved_model(tmp_path):
    """tf.train.Checkpoint and model.export keep it: serializable, but not by Keras."""
    model, new = model_of(Raw()), model_of(Raw())
    model.layers[0].number.assign(5.0)
    tf.train.Checkpoint(model=model).write(str(tmp_path / "ckpt"))
    tf.train.Checkpoint(model=new).read(str(tmp_path / "ckpt")).expect_partial()
    assert float(new.layers[0].number) == 5.0
    model.export(tmp_path / "served", verbose=False)
    served = tf.saved_model.load(str(tmp_path / "served"))
    assert served.serve(tf.ones([1, 3])).numpy().tolist() == [[5.0, 5.0, 5.0]]


def test_weights_in_containers_are_tracked():
    """keras.Variables in lists, dicts and tuples of a layer are its weights."""
    layer = keras.layers.Layer()
    layer.a, layer.b = [keras.Variable(1.0)], {"k": keras.Variable(1.0)}
    layer.c = (keras.Variable(1.0),)
    assert len(layer.weights) == 3


def test_add_weight_takes_its_name_by_keyword():
    """add_weight("name", shape=...) raises in Keras 3."""
    layer = keras.layers.Layer()
    with pytest.raises(ValueError, match="must be passed as a keyword"):
        layer.add_weight("table", shape=(3, 2))
    assert layer.add_weight(name="table", shape=(3, 2)).name == "table"


def test_weights_may_be_made_in_the_constructor_but_not_in_call():
    """build is for shapes that depend on the input; a built layer takes no new weights."""

    class Early(keras.layers.Layer):
        def __init__(self):
            super().__init__()
            self.w = self.add_weight(shape=())

        def call(self, inputs):
            return inputs * self.w

    class Late(keras.layers.Layer):
        def call(self, inputs):
            return inputs * self.add_weight(shape=())

    early = Early()
    early(tf.ones([1]))
    assert len(early.weights) == 1
    with pytest.raises(ValueError, match="cannot add new elements of state"):
        Late()(tf.ones([1]))


def test_forgetting_super_is_told():
    """A layer that does not call super().__init__() raises when it is called, and says so."""

    class Careless(keras.layers.Layer):
        def __init__(self):
            self.factor = 2.0

        def call(self, inputs):
            return inputs * self.factor

    with pytest.raises(RuntimeError, match="forgot to call"):
        Careless()(tf.ones([1]))


def test_python_in_call_runs_while_tracing():
    """A Python counter in call counts traces of fit, and not its batches."""

    class Counting(keras.layers.Layer):
        calls = 0

        def call(self, inputs, training=False):
            if training:
                self.calls += 1
            return inputs

    layer = Counting()
    model = keras.Sequential([keras.Input([3]), layer, keras.layers.Dense(1)])
    model.compile("sgd", "mse", jit_compile=False)
    model.fit(np.ones([8, 3]), np.ones([8, 1]), batch_size=2, verbose=0)
    assert layer.calls < 4


# Saving and loading


def test_get_config_does_not_make_a_layer_loadable(tmp_path):
    """A class that is not registered is not found, with safe mode or without."""
    model = model_of(Scaled(2.0))
    for safe_mode in (True, False):
        with pytest.raises(TypeError, match="Could not locate class 'Scaled'"):
            reloaded(model, tmp_path, safe_mode=safe_mode)
    for custom_objects in ({"Scaled": Scaled},):
        again = reloaded(model, tmp_path, custom_objects=custom_objects)
        assert again.layers[0].factor == 2.0


def test_keras_records_plain_arguments(tmp_path):
    """A registered layer loads without a get_config of its own."""
    again = reloaded(model_of(WithoutConfig(2.0, name="mine")), tmp_path)
    assert (again.layers[0].factor, again.layers[0].name) == (2.0, "mine")


def test_keras_does_not_record_layers():
    """An argument that is a layer needs a get_config."""
    holder = Holder(keras.layers.Dense(2))
    with pytest.raises(NotImplementedError, match="get_config"):
        holder.get_config()


def test_a_constructor_without_kwargs_cannot_be_loaded(tmp_path):
    """A config has a name, a dtype and trainable, and the constructor is handed all three."""
    layer = WithoutKwargs(2.0)
    assert {"name", "trainable", "dtype"} <= layer.get_config().keys()
    with pytest.raises(TypeError, match="unexpected keyword argument 'name'"):
        reloaded(model_of(layer), tmp_path)


def test_an_inner_layer_has_to_be_made_again(tmp_path):
    """A layer in a config comes back from a file as a dict, unless from_config makes one of it."""

    @keras.saving.register_keras_serializable(package="facts_q03")
    class Wrapping(keras.layers.Layer):
        def __init__(self, inner, **kwargs):
            super().__init__(**kwargs)
            self.inner = inner

        def build(self, input_shape):
            if not self.inner.built:
                self.inner.build(input_shape)

        def call(self, inputs):
            return self.inner(inputs)

        def get_config(self):
            inner = keras.saving.serialize_keras_object(self.inner)
            return {**super().get_config(), "inner": inner}

    model = model_of(Wrapping(keras.layers.Dense(2)))
    with pytest.raises((AttributeError, TypeError)) as raised:
        reloaded(model, tmp_path)
    assert "built" in str(root(raised.value))


def test_a_built_layer_is_not_built_again():
    """build of a layer that has weights already raises."""
    dense = keras.layers.Dense(2)
    dense.build((None, 3))
    with pytest.raises(ValueError, match="already built"):
        dense.build((None, 3))


def test_load_model_may_build_an_inner_layer_first(tmp_path):
    """A build that builds the inner layer in any case works, until the model is loaded."""

    @keras.saving.register_keras_serializable(package="facts_q03")
    class Unguarded(keras.layers.Layer):
        def __init__(self, inner, **kwargs):
            super().__init__(**kwargs)
            self.inner = inner

        def build(self, input_shape):
            self.inner.build(input_shape)

        def call(self, inputs):
            return self.inner(inputs)

        def get_config(self):
            inner = keras.saving.serialize_keras_object(self.inner)
            return {**super().get_config(), "inner": inner}

        @classmethod
        def from_config(cls, config):
            inner = keras.saving.deserialize_keras_object(config["inner"])
            return cls(**{**config, "inner": inner})

    model = model_of(Unguarded(keras.layers.Dense(2)))
    with pytest.raises((TypeError, ValueError)) as raised:
        reloaded(model, tmp_path)
    assert "already built" in str(root(raised.value))


def test_a_method_goes_past_keras():
    """layer.call does not hear of training; layer(...) does."""

    @keras.saving.register_keras_serializable(package="facts_q03")
    class Past(keras.layers.Layer):
        def __init__(self, go_past, **kwargs):
            super().__init__(**kwargs)
            self.inner, self.go_past = keras.layers.Dropout(0.5), go_past

        def call(self, inputs):
            return self.inner.call(inputs) if self.go_past else self.inner(inputs)

    x = np.ones([1, 100], "float32")
    dropped = [int(np.sum(np.asarray(Past(p)(x, training=True)) == 0.0)) for p in (True, False)]
    assert dropped[0] == 0 < dropped[1]


# Lambda


def test_a_python_lambda_is_refused_in_safe_mode(tmp_path):
    """It is saved as bytecode, and load_model refuses to run that."""
    model = model_of(keras.layers.Lambda(lambda x: 2.0 * x))
    with pytest.raises(ValueError, match="Python lambda"):
        reloaded(model, tmp_path)
    again = reloaded(model, tmp_path, safe_mode=False)
    assert np.asarray(again(tf.ones([1, 3]))).tolist() == [[2.0, 2.0, 2.0]]


def test_a_loaded_lambda_knows_no_global_names(tmp_path):
    """With safe mode off, a lambda that says tf.math.log1p fails when it is called."""
    model = model_of(keras.layers.Lambda(lambda x: tf.math.log1p(x)))
    again = reloaded(model, tmp_path, safe_mode=False)
    with pytest.raises(Exception) as raised:  # noqa: PT011
        again(tf.ones([1, 3]))
    assert "name 'tf' is not defined" in str(root(raised.value))


def test_a_lambda_with_a_registered_function_loads_in_safe_mode(tmp_path):
    """A name that is registered can be looked up; one that is not cannot."""
    with pytest.raises(TypeError, match="Could not locate function 'double'"):
        reloaded(model_of(keras.layers.Lambda(double)), tmp_path)
    again = reloaded(model_of(keras.layers.Lambda(twice)), tmp_path)
    assert np.asarray(again(tf.ones([1, 3]))).tolist() == [[2.0, 2.0, 2.0]]


@pytest.mark.parametrize("kind", [keras.layers.Activation, keras.layers.Lambda])
def test_a_function_of_keras_is_found_if_it_is_an_activation(tmp_path, kind):
    """keras.ops.relu is saved as "relu", an activation; "log1p" is no name of anything."""
    again = reloaded(model_of(kind(keras.ops.relu)), tmp_path)
    assert np.asarray(again(-tf.ones([1, 3]))).tolist() == [[0.0, 0.0, 0.0]]
    with pytest.raises(TypeError, match="Could not locate function 'log1p'"):
        reloaded(model_of(kind(keras.ops.log1p)), tmp_path)


def test_operations_of_keras_need_no_layer(tmp_path):
    """keras.ops in a functional model is saved and loaded as it is."""
    inputs = keras.Input([3])
    model = keras.Model(inputs, keras.ops.log1p(inputs))
    again = reloaded(model, tmp_path)
    assert np.allclose(again(tf.ones([1, 3])), np.log(2.0))


def test_unsafe_deserialization_is_a_setting_of_the_process(tmp_path):
    """After enable_unsafe_deserialization, the next file is trusted too."""
    model = model_of(keras.layers.Lambda(lambda x: 2.0 * x))
    model.save(tmp_path / "stranger.keras")
    keras.config.enable_unsafe_deserialization()
    try:
        assert keras.models.load_model(tmp_path / "stranger.keras")
    finally:
        keras.utils.clear_session()
    with pytest.raises(ValueError, match="Python lambda"):
        keras.models.load_model(tmp_path / "stranger.keras")


def test_a_lambda_can_have_weights():
    """A closure hides a variable from Keras, an attribute shows it."""
    v, x = keras.Variable(3.0), tf.ones([1, 2])
    closure = keras.layers.Lambda(lambda x: x * v)
    attribute = keras.layers.Lambda(lambda x: x * attribute.factor)
    attribute.factor = keras.Variable(3.0)
    closure(x)
    attribute(x)
    assert (len(closure.trainable_weights), len(attribute.trainable_weights)) == (0, 1)


def test_a_lambda_can_be_reused():
    """One Lambda serves two models, with inputs of different widths."""
    layer = keras.layers.Lambda(lambda x: 2.0 * x)
    shapes = [model_of(layer, width).output_shape for width in (3, 5)]
    assert shapes == [(None, 3), (None, 5)]


def test_a_layer_in_two_models_shares_its_weights():
    """What is trained in one model has changed in the other."""
    layer = keras.layers.Dense(2)
    first, second = model_of(layer), model_of(layer)
    first.set_weights([np.full([3, 2], 7.0), np.zeros([2])])
    assert second.get_weights()[0][0, 0] == 7.0


# Embeddings


def test_the_sum_over_axis_1_is_no_score():
    """For ids of shape [n, 1] it leaves embedding_dim numbers, which only the loss refuses.

    For flat ids axis 1 is axis -1.
    """
    ids = keras.Input([1], dtype="int32")
    rows = keras.layers.Embedding(10, 4)(ids)
    assert keras.ops.sum(rows * rows, axis=1).shape == (None, 4)
    assert keras.ops.sum(rows * rows, axis=-1).shape == (None, 1)
    model = keras.Model(ids, keras.ops.sigmoid(keras.ops.sum(rows * rows, axis=1)))
    model.compile("sgd", "binary_crossentropy", jit_compile=False)
    with pytest.raises(ValueError, match="same shape"):
        model.train_on_batch(np.array([[1], [2]]), np.ones([2, 1]))
    flat = tf.ones([5, 4])
    assert tf.reduce_sum(flat, axis=1).shape == tf.reduce_sum(flat, axis=-1).shape


def test_an_input_is_float32_unless_said_otherwise():
    """TensorFlow's lookup refuses float ids, keras.layers.Embedding casts them silently."""
    assert keras.Input([1]).dtype == "float32"
    with pytest.raises(Exception, match="indices"):
        tf.nn.embedding_lookup(tf.ones([3, 2]), tf.constant([1.0]))
    embedding = keras.layers.Embedding(3, 2)
    assert np.array_equal(embedding(np.array([1.7], "float32")), embedding(np.array([1])))
    assert int(np.float32(16_777_217)) == 16_777_216


def test_an_id_out_of_range_is_an_error_on_the_cpu():
    """On the CPU a lookup checks the ids; on a GPU it is documented to give zeros."""
    with tf.device("CPU"):
        for wrong in (10, -1):
            with pytest.raises(tf.errors.InvalidArgumentError, match="is not in"):
                tf.nn.embedding_lookup(tf.ones([10, 2]), tf.constant([wrong]))


def test_two_tables_of_zeros_never_learn():
    """Each one's gradient is made of the rows of the other."""
    u, p = tf.Variable(tf.zeros([3])), tf.Variable(tf.zeros([3]))
    with tf.GradientTape() as tape:
        loss = tf.math.log(tf.sigmoid(tf.reduce_sum(u * p)))
    assert [g.numpy().tolist() for g in tape.gradient(loss, [u, p])] == [[0.0] * 3] * 2


def test_a_sigmoid_written_out_overflows():
    """exp(x) / (1 + exp(x)) is nan for a large x, tf.sigmoid is 1."""
    x = tf.constant(200.0)
    assert np.isnan(tf.exp(x) / (1.0 + tf.exp(x)))
    assert float(tf.sigmoid(x)) == 1.0


@pytest.mark.parametrize(
    ("optimizer", "moved"),
    [("sgd", [3]), ("adagrad", [3]), ("momentum", [1, 2, 3]), ("adam", [1, 2, 3])],
)
def test_averages_move_rows_that_no_batch_names(optimizer, moved):
    """SGD moves only the rows of the batch, momentum and Adam move those of earlier ones, too."""
    if optimizer == "momentum":
        optimizer = keras.optimizers.SGD(0.1, momentum=0.9)
    embedding = keras.layers.Embedding(5, 3)
    model = keras.Sequential([keras.Input([1], dtype="int32"), embedding, keras.layers.Dense(1)])
    model.compile(optimizer, "mse", jit_compile=False)
    model.train_on_batch(np.array([[1], [2]]), np.ones([2, 1, 1]))
    before = embedding.embeddings.numpy()
    model.train_on_batch(np.array([[3]]), np.ones([1, 1, 1]))
    rows = np.flatnonzero(np.any(embedding.embeddings.numpy() != before, axis=1))
    assert rows.tolist() == moved


def test_float_detours():
    """log(1 + x) loses a small x in float32, log1p does not."""
    x = tf.constant(1e-9)
    assert float(tf.math.log(1.0 + x)) == 0.0
    assert np.isclose(float(tf.math.log1p(x)), 1e-9)


def test_mixed_precision_keeps_weights_in_float32():
    """A mixed_float16 layer gives float16 and keeps its weights in float32."""
    layer = keras.layers.Dense(2, dtype="mixed_float16")
    assert layer(tf.ones([1, 3])).dtype == tf.float16
    assert layer.kernel.dtype == "float32"


def test_a_float_count_ends_early_in_half_precision():
    """call sees a float32 weight as float16: 2048 + 1 is 2048. An integer it sees as it is."""

    class Counting(keras.layers.Layer):
        def build(self, input_shape):
            self.floats, self.integers = (
                self.add_weight(shape=(), dtype=dtype, initializer="zeros", trainable=False)
                for dtype in ("float32", "int64")
            )

        def call(self, inputs):
            self.floats.assign_add(1)
            self.integers.assign_add(1)
            return inputs

    layer = Counting(dtype="mixed_float16")
    layer.build((1, 3))
    layer.set_weights([np.float32(2048), np.int64(2048)])
    layer(tf.ones([1, 3]))
    assert [int(count) for count in layer.weights] == [2048, 2049]


def test_a_wrong_output_shape_is_believed():
    """Keras asks compute_output_shape, if a layer has it, and the next layer is built for that."""

    class Halves(keras.layers.Layer):
        def call(self, inputs):
            return inputs[:, :2]

        def compute_output_shape(self, input_shape):
            return input_shape

    model = keras.Sequential([keras.Input([4]), Halves(), keras.layers.Dense(1)])
    assert model.layers[1].kernel.shape == (4, 1)
    with pytest.raises(Exception, match="4"):
        model(tf.ones([1, 4]))


def test_a_loss_from_logits_sees_through_a_sigmoid():
    """from_logits=True on the output of a Keras sigmoid warns and uses what came before it."""
    logits = tf.constant([[0.5], [-2.0]])
    bought = tf.constant([[1.0], [0.0]])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        seen = keras.losses.binary_crossentropy(
            bought, keras.activations.sigmoid(logits), from_logits=True
        )
    right = keras.losses.binary_crossentropy(bought, logits, from_logits=True)
    assert np.allclose(seen, right)
