"""What TensorFlow, Keras and LiteRT do when a model is saved, exported and converted."""

import h5py
import keras
import numpy as np
import pytest
import tensorflow as tf

from lab.litert import Camera
from lab.saved_model import Server, ServerError

X = np.ones([4, 3], "float32")


def build(loss=None):
    model = keras.Sequential(
        [keras.Input([3], name="frame"), keras.layers.Dense(4, "relu"), keras.layers.Dense(1)]
    )
    loss = loss or keras.losses.MeanSquaredError()
    model.compile(keras.optimizers.Adam(0.01), loss, run_eagerly=True)
    return model


def trained(**options):
    model = build(**options)
    for _ in range(3):
        model.train_on_batch(X, X[:, :1])
    return model


def values(variables):
    return [np.asarray(variable).tolist() for variable in variables]


def numbers_in(path):
    sizes = []
    with h5py.File(path) as file:
        file.visititems(lambda _, item: sizes.append(getattr(item, "size", 0)))
    return sum(sizes)


def converter_of(model, samples=None):
    converter = tf.lite.TFLiteConverter.from_keras_model(model)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    if samples is not None:
        converter.representative_dataset = lambda: ([row[None]] for row in samples)
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
        converter.inference_input_type = converter.inference_output_type = tf.int8
    return converter


def test_save_needs_an_ending(tmp_path):
    """model.save with the path of a folder, or with save_format, is a ValueError."""
    with pytest.raises(ValueError, match=r"\.keras"):
        build().save(tmp_path / "model")
    with pytest.raises(ValueError, match="save_format"):
        build().save(tmp_path / "model", save_format="tf")


def test_keras_files_have_the_optimizer(tmp_path):
    """A .keras file gives back all variables of the optimizer, iterations and slots."""
    model = trained()
    model.save(tmp_path / "a.keras")
    loaded = keras.models.load_model(tmp_path / "a.keras")
    assert len(model.optimizer.variables) == 10
    assert values(loaded.optimizer.variables) == values(model.optimizer.variables)


def test_a_checkpoint_has_the_optimizer(tmp_path):
    """tf.train.Checkpoint of a model has its optimizer, too."""
    model, again = trained(), build()
    path = tf.train.Checkpoint(model=model).write(str(tmp_path / "a"))
    again.optimizer.build(again.trainable_variables)
    tf.train.Checkpoint(model=again).read(path).assert_consumed()
    assert values(again.optimizer.variables) == values(model.optimizer.variables)


def test_weights_alone_do_not_go_on_where_training_stopped(tmp_path):
    """README, resume: after a stop, the losses are those of a model without momentum."""
    x = np.random.default_rng(0).normal(size=(64, 3)).astype("float32")
    y = x @ np.float32([[1], [-2], [3]])

    def new():
        keras.utils.set_random_seed(1)
        layers = [keras.Input([3]), keras.layers.Dense(8, "tanh"), keras.layers.Dense(1)]
        model = keras.Sequential(layers)
        model.compile(keras.optimizers.SGD(0.01, momentum=0.9), "mse", run_eagerly=True)
        return model

    def losses(model, steps):
        return [float(model.train_on_batch(x, y)) for _ in range(steps)]

    model, weights_only = new(), new()
    tonight = losses(model, 6)[-2:]
    model.save(tmp_path / "a.keras")
    model.save_weights(tmp_path / "a.weights.h5")
    weights_only.load_weights(tmp_path / "a.weights.h5")
    assert np.allclose(tonight, [6.07, 4.83], atol=0.01)
    assert np.allclose(losses(model, 4), [3.65, 2.61, 1.77, 1.20], atol=0.01)
    all_is_back = keras.models.load_model(tmp_path / "a.keras")
    assert np.allclose(losses(all_is_back, 4), [3.65, 2.61, 1.77, 1.20], atol=0.01)
    assert np.allclose(losses(weights_only, 4), [3.65, 3.47, 3.13, 2.67], atol=0.01)


def with_dropout():
    layers = [keras.Input([3]), keras.layers.Dropout(0.5), keras.layers.Dense(1)]
    model = keras.Sequential(layers)
    model.compile(keras.optimizers.Adam(0.01), "mse", run_eagerly=True)
    return model


def seeds(model):
    """The states of the seed generators: variables, but not weights."""
    weights = {id(weight) for weight in model.weights}
    return values(variable for variable in model.variables if id(variable) not in weights)


def restored_by_checkpoint(model, folder):
    path = tf.train.Checkpoint(model=model).write(str(folder / "a"))
    again = with_dropout()
    again.optimizer.build(again.trainable_variables)
    tf.train.Checkpoint(model=again).read(path)
    return again


def restored_by_backup(model, folder):
    backups = [keras.callbacks.BackupAndRestore(folder / "backup") for _ in range(2)]
    again = with_dropout()
    for backup, of in zip(backups, (model, again), strict=True):
        backup.set_model(of)
        backup.on_train_begin()
        if of is model:
            backup.on_epoch_end(0)
    assert np.array_equal(again.get_weights()[0], model.get_weights()[0])
    return again


def restored_from_weights(model, folder):
    model.save_weights(folder / "a.weights.h5")
    again = with_dropout()
    again.load_weights(folder / "a.weights.h5")
    return again


def restored_from_keras(model, folder):
    model.save(folder / "a.keras")
    return keras.models.load_model(folder / "a.keras")


@pytest.mark.parametrize(
    "restored",
    [restored_from_keras, restored_from_weights, restored_by_checkpoint, restored_by_backup],
)
def test_the_state_of_seed_generators_is_lost(tmp_path, restored):
    """No format keeps how many random numbers a Dropout has drawn; model.variables has it."""
    model = with_dropout()
    model.train_on_batch(X, X[:, :1])
    ((seed, drawn),) = seeds(model)
    assert drawn > 0
    assert seeds(restored(model, tmp_path)) != [[seed, drawn]]


def test_all_variables_go_on_with_the_same_random_numbers():
    """With all of model.variables, a Dropout goes on as if it had never stopped."""
    model, again = with_dropout(), with_dropout()
    model.train_on_batch(X, X[:, :1])
    again.optimizer.build(again.trainable_variables)
    before = model.variables + model.optimizer.variables
    for variable, other in zip(again.variables + again.optimizer.variables, before, strict=True):
        variable.assign(other)
    for each in (model, again):
        each.train_on_batch(X, X[:, :1])
    assert values(again.weights) == values(model.weights)


@pytest.mark.parametrize(("threshold", "overwritten"), [(None, True), (0.1, False)])
def test_a_new_callback_does_not_know_the_best(tmp_path, threshold, overwritten):
    """ModelCheckpoint writes a worse model over the best, unless it is told the best loss."""
    path = tmp_path / "best.keras"
    path.write_bytes(b"with a loss of 0.1")
    callback = keras.callbacks.ModelCheckpoint(
        path, monitor="loss", save_best_only=True, initial_value_threshold=threshold
    )
    callback.set_model(build())
    callback.on_epoch_begin(0)
    callback.on_epoch_end(0, {"loss": 0.5})
    assert (path.read_bytes() != b"with a loss of 0.1") is overwritten


@pytest.mark.parametrize("at_first", [True, False])
def test_trainable_acts_on_a_step_that_is_compiled_later(at_first):
    """A traced step trains what was trainable then; compile makes a new step."""
    model = keras.Sequential([keras.Input([3]), keras.layers.Dense(4), keras.layers.Dense(1)])
    trunk = model.layers[0]

    def moves():
        before = trunk.get_weights()[0]
        model.train_on_batch(X, X[:, :1])
        return not np.array_equal(trunk.get_weights()[0], before)

    trunk.trainable = at_first
    model.compile("sgd", "mse")
    assert moves() is at_first
    trunk.trainable = not at_first
    assert moves() is at_first
    model.compile("sgd", "mse")
    assert moves() is not at_first


def test_h5_loses_the_slot_variables(tmp_path):
    """Of Adam's ten variables two come back from .h5, and the next step fails."""
    model = trained()
    model.save(tmp_path / "a.h5")
    loaded = keras.models.load_model(tmp_path / "a.h5")
    assert len(loaded.optimizer.variables) == 2
    with pytest.raises(ValueError, match="Unknown variable"):
        loaded.train_on_batch(X, X[:, :1])


def test_saving_h5_changes_the_live_model(tmp_path):
    """After a save to .h5, a .keras file of the same model has another optimizer."""
    model = trained()
    assert "optimizer" in model.get_compile_config()
    model.save(tmp_path / "a.h5")
    assert "optimizer" not in model.get_compile_config()
    model.save(tmp_path / "a.keras")
    optimizer = keras.models.load_model(tmp_path / "a.keras").optimizer
    assert (optimizer.name, int(optimizer.iterations)) == ("rm_sprop", 0)


def test_h5_with_a_loss_by_name_cannot_be_loaded(tmp_path):
    """A model that was compiled with loss="mse" and saved as .h5 does not load."""
    trained(loss="mse").save(tmp_path / "a.h5")
    with pytest.raises((TypeError, ValueError), match="mse"):
        keras.models.load_model(tmp_path / "a.h5")


def test_weights_files_have_the_optimizer(tmp_path):
    """save_weights of a compiled model writes its optimizer; a clone has the optimizer, too."""
    model = trained()
    model.save_weights(tmp_path / "a.weights.h5")
    assert numbers_in(tmp_path / "a.weights.h5") == 3 * model.count_params() + 2
    keras.models.clone_model(model).save_weights(tmp_path / "b.weights.h5")
    assert numbers_in(tmp_path / "b.weights.h5") > model.count_params()
    copy = keras.Sequential.from_config(model.get_config())
    copy.save_weights(tmp_path / "c.weights.h5")
    assert numbers_in(tmp_path / "c.weights.h5") == model.count_params()


def test_from_config_compiles_only_what_is_within():
    """from_config does not compile the model; a compiled model within it comes back compiled."""
    outer = keras.Sequential([keras.Input([3]), trained()])
    outer.compile("sgd", "mse")
    copy = keras.Sequential.from_config(outer.get_config())
    assert not copy.compiled
    assert copy.layers[0].compiled


def test_a_new_optimizer_does_not_take_the_old_state(tmp_path):
    """load_weights skips the optimizer with a warning, unless it was built before."""
    model, unbuilt, built = trained(), build(), build()
    model.save_weights(tmp_path / "a.weights.h5")
    with pytest.warns(UserWarning, match="Skipping variable loading for optimizer"):
        unbuilt.load_weights(tmp_path / "a.weights.h5")
    assert int(unbuilt.optimizer.iterations) == 0
    built.optimizer.build(built.trainable_variables)
    built.load_weights(tmp_path / "a.weights.h5")
    assert values(built.optimizer.variables) == values(model.optimizer.variables)


def test_weights_files_end_in_weights_h5(tmp_path):
    """save_weights takes no other ending than .weights.h5."""
    for name in ("a.h5", "a", "a.ckpt"):
        with pytest.raises(ValueError, match=r"\.weights\.h5"):
            build().save_weights(tmp_path / name)


def test_by_name_is_for_legacy_files(tmp_path):
    """load_weights(by_name=True) refuses a .weights.h5."""
    model = build()
    model.save_weights(tmp_path / "a.weights.h5")
    with pytest.raises(ValueError, match="by_name"):
        model.load_weights(tmp_path / "a.weights.h5", by_name=True)


def test_skip_mismatch_skips_whatever_does_not_fit(tmp_path):
    """Without skip_mismatch another width is an error, with it a warning."""
    narrow, wide = (
        keras.Sequential([keras.Input([3]), keras.layers.Dense(n), keras.layers.Dense(1)])
        for n in (4, 5)
    )
    wide.save_weights(tmp_path / "a.weights.h5")
    before = narrow.get_weights()[0]
    with pytest.raises(ValueError, match="could not be loaded"):
        narrow.load_weights(tmp_path / "a.weights.h5")
    with pytest.warns(UserWarning, match="could not be loaded"):
        narrow.load_weights(tmp_path / "a.weights.h5", skip_mismatch=True)
    assert np.array_equal(narrow.get_weights()[0], before)


def test_layers_that_are_left_over_are_ignored(tmp_path):
    """A file with more layers than the model loads without an error."""
    three, two = (
        keras.Sequential([keras.Input([3]), *(keras.layers.Dense(3) for _ in range(n))])
        for n in (3, 2)
    )
    three.save_weights(tmp_path / "a.weights.h5")
    two.load_weights(tmp_path / "a.weights.h5")
    assert np.array_equal(two.get_weights()[0], three.get_weights()[0])


def test_export_names_inputs_after_keras_input(tmp_path):
    """An input has the name of its keras.Input, an output a number."""
    model = keras.Sequential([keras.Input([3], name="frame"), keras.layers.Dense(1, name="who")])
    model.export(tmp_path / "a", verbose=False)
    server = Server(tmp_path / "a")
    assert (server.inputs, server.outputs) == (["frame"], ["output_0"])
    nameless = keras.Sequential([keras.Input([3]), keras.layers.Dense(1)])
    nameless.export(tmp_path / "b", verbose=False)
    (name,) = Server(tmp_path / "b").inputs
    assert name.startswith("keras_tensor")


def test_export_loses_the_keys_of_a_subclassed_model(tmp_path):
    """A subclassed model that takes a dict gets inputs args_0 and args_0_1."""

    class Two(keras.Model):
        def call(self, inputs):
            return inputs["video"] + inputs["hour"]

    model = Two()
    model({"video": X, "hour": X})
    model.export(tmp_path / "a", verbose=False)
    assert Server(tmp_path / "a").inputs == ["args_0", "args_0_1"]


def test_export_overwrites(tmp_path):
    """model.export writes over what is there."""
    for name in ("ones", "zeros"):
        layers = [keras.Input([3]), keras.layers.Dense(1, kernel_initializer=name)]
        keras.Sequential(layers).export(tmp_path / "a", verbose=False)
    assert Server(tmp_path / "a")(X[:1])["output_0"].tolist() == [[0.0]]


def test_saved_model_save_does_not_run_in_cpp(tmp_path):
    """tf.saved_model.save of a Keras 3 model loads in C++, and does not find its variables."""
    model = keras.Sequential([keras.Input([3]), keras.layers.Dense(1)])
    tf.saved_model.save(model, str(tmp_path / "a"))
    assert tf.saved_model.load(str(tmp_path / "a")).signatures["serving_default"](tf.constant(X))
    with pytest.raises(ServerError, match="Could not find variable"):
        Server(tmp_path / "a")(X)


def test_an_exported_model_is_no_keras_model(tmp_path):
    """load_model refuses an exported model; TFSMLayer runs it as one layer, without optimizer."""
    model = build()
    model.export(tmp_path / "a", verbose=False)
    with pytest.raises(ValueError, match="File format not supported"):
        keras.models.load_model(tmp_path / "a")
    layer = keras.layers.TFSMLayer(tmp_path / "a", call_endpoint="serve")
    assert np.allclose(layer(X), model(X), atol=1e-6)
    assert len(layer.trainable_weights) == 4
    assert not hasattr(layer, "optimizer") and not hasattr(layer, "layers")


def test_default_optimization_rounds_large_weights_only():
    """Optimize.DEFAULT alone makes weights of 1,024 numbers or more int8, and leaves the rest."""
    small, large = (
        keras.Sequential([keras.Input([rows]), keras.layers.Dense(columns)])
        for rows, columns in ((31, 33), (32, 32))
    )
    assert Camera(converter_of(small).convert()).kinds == {"float32"}
    camera = Camera(converter_of(large).convert())
    assert camera.kinds == {"float32", "int8"}
    assert camera.input_dtype == "float32"


def test_full_integers_need_samples():
    """TFLITE_BUILTINS_INT8 without a representative data set is a ValueError."""
    converter = converter_of(build(), samples=X)
    converter.representative_dataset = None
    with pytest.raises(ValueError, match="representative_dataset"):
        converter.convert()


def test_the_integer_op_set_leaves_float_ops():
    """TFLITE_BUILTINS_INT8 raises nothing at an op without int8: it stays float32 in the file."""
    inputs = keras.Input([3])
    model = keras.Model(inputs, keras.layers.Dense(1)(keras.ops.sin(inputs)))
    assert "float32" in Camera(converter_of(model, samples=X).convert()).kinds


def test_what_is_beyond_the_samples_is_cut_off():
    """An int8 input ends where the samples end."""
    model = keras.Sequential([keras.Input([1]), keras.layers.Dense(1, kernel_initializer="ones")])
    samples = np.float32([[0.0], [0.5], [1.0]])
    camera = Camera(converter_of(model, samples=samples).convert())
    assert camera.kinds <= {"int8", "int32"}
    assert np.allclose(camera.input_range, [0.0, 1.0], atol=1e-3)
    assert np.allclose(camera(np.float32([[200.0]])), 1.0, atol=0.02)


def test_keras_exports_to_litert(tmp_path):
    """model.export(format="litert") writes a .tflite file."""
    model = build()
    model.export(tmp_path / "a.tflite", format="litert", verbose=False)
    camera = Camera((tmp_path / "a.tflite").read_bytes())
    assert np.allclose(camera(X), model(X), atol=1e-5)
