"""What Keras exports, what a C++ runtime can load, and what the text formats take.

How a server behaves is read in the source of TensorFlow Serving; here it is a model server in
small that follows it. What TensorFlow, Keras, protobuf and gRPC do is seen for itself.
"""

import shutil
import socket
import threading
import time
import urllib.request
from concurrent import futures
from concurrent.futures import ThreadPoolExecutor

import grpc
import keras
import numpy as np
import pytest
import tensorflow as tf
from google.protobuf import text_format
from tensorflow_serving.apis import prediction_service_pb2_grpc
from tensorflow_serving.apis.predict_pb2 import PredictRequest, PredictResponse
from tensorflow_serving.apis.prediction_log_pb2 import PredictionLog
from tensorflow_serving.config.model_server_config_pb2 import ModelServerConfig

from lab.scoring import save
from lab.serving import config, options
from lab.serving.ask import ask
from lab.serving.embedded import FOR_TESTS, EmbeddedServer
from lab.serving.errors import RefusedError
from lab.serving.messages import BatchingParameters, read
from lab.serving.servable import WARM_UP, Servable
from lab.serving.target import one_model
from lab.serving.versions import aspired

ROWS = np.float32([[1, 2, 3]])
GUIDE = """
model_config_list: {
  config: {
    name: "fraud",
    base_path: "/models/fraud",
    model_platform: "tensorflow",
    model_version_policy: { specific: { versions: 1 } }
  }
}
"""


def model(name=None):
    features = keras.Input([3], name=name)
    return keras.Model(features, keras.layers.Dense(1)(features))


def signature(folder):
    return tf.saved_model.load(str(folder)).signatures["serving_default"]


def request_of(servable, **inputs):
    request = PredictRequest()
    for name, array in inputs.items():
        request.inputs[name].CopyFrom(tf.make_tensor_proto(array))
    return servable.predict(request)


def test_save_does_not_export(tmp_path):
    """model.save of a folder is a ValueError, and so is save_format."""
    with pytest.raises(ValueError, match="export"):
        model().save(tmp_path / "1")
    with pytest.raises(ValueError, match="save_format"):
        model().save(tmp_path / "1", save_format="tf")


def test_export_is_what_a_server_runs(tmp_path):
    exported = model("features")
    exported.export(tmp_path, verbose=False)
    scores = request_of(Servable(tmp_path), features=ROWS)
    np.testing.assert_allclose(scores["output_0"], exported(ROWS), rtol=1e-5)


def test_what_tensorflow_saves_of_a_keras_model_runs_in_python_only(tmp_path):
    """The C++ runtime does not find the variables of a Keras 3 model."""
    saved = model()
    tf.saved_model.save(saved, str(tmp_path))
    loaded = signature(tmp_path)
    (name,) = loaded.structured_input_signature[1]
    np.testing.assert_allclose(loaded(**{name: ROWS})["output_0"], saved(ROWS), rtol=1e-5)
    with pytest.raises(RefusedError, match=r"FAILED_PRECONDITION.*variable"):
        request_of(Servable(tmp_path), **{name: ROWS})


def test_a_module_with_the_raw_variables_runs_in_a_server(tmp_path):
    inner = model()
    module = tf.Module()
    module.raw = [variable.value for variable in inner.variables]
    spec = tf.TensorSpec([None, 3], tf.float32, name="features")
    module.score = tf.function(lambda features: {"score": inner(features)}, input_signature=[spec])
    tf.saved_model.save(module, str(tmp_path), signatures=module.score)
    scores = request_of(Servable(tmp_path), features=ROWS)
    np.testing.assert_allclose(scores["score"], inner(ROWS), rtol=1e-5)


def test_names_that_nobody_chose(tmp_path):
    """An unnamed output is output_0; an unnamed input has a number of a counter."""
    names = []
    for folder in ("1", "2"):
        model().export(tmp_path / folder, verbose=False)
        loaded = signature(tmp_path / folder)
        assert list(loaded.structured_outputs) == ["output_0"]
        names += loaded.structured_input_signature[1]
    assert names[0] != names[1]
    assert all(name.startswith("keras_tensor") for name in names)


def test_export_runs_as_inference(tmp_path):
    features = keras.Input([3], name="features")
    dropped = keras.Model(features, keras.layers.Dropout(0.5)(features))
    dropped.export(tmp_path, verbose=False)
    np.testing.assert_array_equal(request_of(Servable(tmp_path), features=ROWS)["output_0"], ROWS)


def test_export_overwrites(tmp_path):
    """model.export writes over what is there, and leaves foreign files."""
    model("features").export(tmp_path, verbose=False)
    (tmp_path / "foreign").touch()
    other = model("features")
    other.export(tmp_path, verbose=False)
    scores = request_of(Servable(tmp_path), features=ROWS)
    np.testing.assert_allclose(scores["output_0"], other(ROWS), rtol=1e-5)
    assert (tmp_path / "foreign").exists()


def test_versions_are_numbers(tmp_path):
    for name in ("1", "9", "10", "best", "11.tmp"):
        (tmp_path / name).mkdir()
    (latest,) = aspired(one_model(tmp_path).model_config_list.config[0])
    assert latest == 10


def test_one_version_is_loaded_without_a_policy(tmp_path):
    for version in (1, 2):
        save(tmp_path, version, number=version)
    with EmbeddedServer(one_model(tmp_path)) as server:
        assert server.core.available() == {("fraud", 2)}


def test_a_specific_version_keeps_others_out(tmp_path):
    save(tmp_path, 1, number=1)
    with EmbeddedServer(one_model(tmp_path, stable=1), FOR_TESTS) as server:
        save(tmp_path, 2, number=2)
        server.poll()
        assert ask(server, {"features": ROWS}).version == 1


def test_the_example_of_the_guide_is_valid():
    models = text_format.Parse(GUIDE, ModelServerConfig())
    config.check(models)
    assert models.model_config_list.config[0].model_version_policy.specific.versions == [1]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('model_platform: "tensorflow",', ""),
        ("/models/fraud", "models/fraud"),
        ("versions: 1", "versions: 1, 2"),
        ("model_config_list: {", "// models\nmodel_config_list: {"),
        ('name: "fraud"', 'model_name: "fraud"'),
    ],
)
def test_what_a_server_refuses_in_a_list_of_models(before, after):
    text = GUIDE.replace(before, after)
    assert text != GUIDE
    with pytest.raises(RefusedError, match="INVALID_ARGUMENT"):
        config.check(read(text, ModelServerConfig))


def test_labels_need_a_flag_at_the_start(tmp_path):
    save(tmp_path, 1, number=1)
    with pytest.raises(RefusedError, match="not currently available"):
        EmbeddedServer(one_model(tmp_path, stable=1)).__enter__()


def test_fields_of_batching_are_wrapped():
    with pytest.raises(RefusedError, match="Expected"):
        read("max_batch_size: 32", BatchingParameters)
    assert read("max_batch_size { value: 32 }", BatchingParameters).max_batch_size.value == 32


def command(tmp_path, *flags):
    (tmp_path / "models").write_text(GUIDE)
    (tmp_path / "batching").write_text("max_batch_size { value: 32 }")
    (tmp_path / "monitoring").write_text("this is no message")
    words = [flag.format(tmp_path) for flag in ("--model_config_file={}/models", *flags)]
    return options.parse(["tensorflow_model_server", *words])


def test_much_is_off_by_default(tmp_path):
    seen = command(tmp_path)
    assert not seen.enable_batching
    assert seen.rest_api_port == seen.model_config_file_poll_wait_seconds == 0
    with pytest.raises(RefusedError, match="enable_batching"):
        options.files(command(tmp_path, "--batching_parameters_file={}/batching"))
    options.files(command(tmp_path, "--monitoring_config_file={}/monitoring"))  # is not read
    both = command(tmp_path, "--rest_api_port=8501", "--monitoring_config_file={}/monitoring")
    with pytest.raises(RefusedError):
        options.files(both)


def test_a_broken_warm_up_keeps_a_version_from_loading(tmp_path):
    save(tmp_path, 1, number=1)
    (tmp_path / "1" / WARM_UP).parent.mkdir()
    with tf.io.TFRecordWriter(str(tmp_path / "1" / WARM_UP)) as writer:
        writer.write(b"no message")
    with pytest.raises(RefusedError, match="Failed to parse warmup record"):
        EmbeddedServer(one_model(tmp_path)).__enter__()


class SlowService(prediction_service_pb2_grpc.PredictionServiceServicer):
    """Answers when it is let, and notes how long its clients wait."""

    def __init__(self):
        self.seconds, self.open = [], threading.Event()

    def Predict(self, request, context):  # noqa: N802
        self.seconds.append(context.time_remaining())
        self.open.wait(10)
        return PredictResponse()


def test_a_call_waits_for_ever_unless_told(tmp_path):
    """Without a timeout the server sees none; with one, the client gives up by itself."""
    service = SlowService()
    server = grpc.server(futures.ThreadPoolExecutor(2))
    prediction_service_pb2_grpc.add_PredictionServiceServicer_to_server(service, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        stub = prediction_service_pb2_grpc.PredictionServiceStub(channel)
        with pytest.raises(grpc.RpcError) as error:
            stub.Predict(PredictRequest(), timeout=0.2)
        assert error.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
        service.open.set()
        stub.Predict(PredictRequest())
    server.stop(None).wait()
    assert service.seconds[0] < 1
    assert service.seconds[1] is None or service.seconds[1] > 1e9


def test_numpy_has_double_precision(tmp_path):
    save(tmp_path, 1, number=0)
    with EmbeddedServer(one_model(tmp_path)) as server:
        with pytest.raises(RefusedError, match="INVALID_ARGUMENT"):
            ask(server, {"features": np.array([[1.0, 2.0, 3.0]])})
        ask(server, {"features": ROWS})


def test_a_label_that_nobody_has_is_an_invalid_argument(tmp_path):
    save(tmp_path, 1, number=0)
    with EmbeddedServer(one_model(tmp_path)) as server:
        request = PredictRequest()
        request.model_spec.name, request.model_spec.version_label = "fraud", "newest"
        with pytest.raises(RefusedError, match="INVALID_ARGUMENT"):
            server.core.number_of(request.model_spec)
        request.model_spec.version.value = 9
        with (
            pytest.raises(RefusedError, match="NOT_FOUND"),
            server.core.using(request.model_spec),
        ):
            pass


def sum_of_rows(tmp_path):
    """A model whose signature declares three features, and whose graph takes any number."""
    module = tf.Module()
    spec = tf.TensorSpec([None, 3], tf.float32, name="features")
    module.score = tf.function(
        lambda features: {"score": tf.reduce_sum(features, axis=1)}, input_signature=[spec]
    )
    tf.saved_model.save(module, str(tmp_path / "1"), signatures=module.score)
    return Servable(tmp_path / "1")


def test_shapes_are_not_compared_with_the_signature(tmp_path):
    """A wrong width is a wrong score, or an error of an operation that cannot go on."""
    short = ROWS[:, :2]
    assert request_of(sum_of_rows(tmp_path), features=short)["score"] == [3]
    save(tmp_path, 2, number=0)
    with pytest.raises(RefusedError, match="Matrix size-incompatible"):
        request_of(Servable(tmp_path / "2"), features=short)


def test_available_does_not_mean_that_it_answers(tmp_path):
    """A version without its variables loads, and then no request has an answer; a warm-up knows."""
    save(tmp_path, 1, number=1)
    shutil.rmtree(tmp_path / "1" / "variables")
    with EmbeddedServer(one_model(tmp_path)) as server:
        assert server.core.available() == {("fraud", 1)}
        with pytest.raises(RefusedError, match="FAILED_PRECONDITION"):
            ask(server, {"features": ROWS})
    log = PredictionLog()
    log.predict_log.request.inputs["features"].CopyFrom(tf.make_tensor_proto(ROWS))
    (tmp_path / "1" / WARM_UP).parent.mkdir()
    with tf.io.TFRecordWriter(str(tmp_path / "1" / WARM_UP)) as writer:
        writer.write(log.SerializeToString())
    with pytest.raises(RefusedError, match="did not become available"):
        EmbeddedServer(one_model(tmp_path)).__enter__()


def test_a_timeout_of_urllib_is_for_each_read():
    """Half a second in all, in ten steps, is not too long for a timeout of 0.3 seconds."""
    answer = b"HTTP/1.0 200 OK\r\n\r\n{}"

    def drip(listener):
        connection, _ = listener.accept()
        with connection:
            connection.recv(10_000)
            for start in range(0, len(answer), 2):
                time.sleep(0.05)
                connection.sendall(answer[start : start + 2])

    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor() as threads:
        threads.submit(drip, listener)
        url, start = f"http://127.0.0.1:{listener.getsockname()[1]}", time.monotonic()
        with urllib.request.build_opener().open(url, timeout=0.3) as response:
            assert response.read() == b"{}"
    assert time.monotonic() - start > 0.5
