from functools import partial

import pytest

from dojo import expect
from katas.q07.server_config import (
    batching_config,
    models_config,
    monitoring_config,
    server_command,
)
from lab.serving import config, options
from lab.serving.core import Core
from lab.serving.messages import (
    BatchingParameters,
    ModelServerConfig,
    MonitoringConfig,
    read,
)
from lab.serving.versions import aspired

LABELS = {"stable": 1, "canary": 3}
BATCHES = {"max_batch_size": 32, "timeout_ms": 2, "threads": 4, "allowed": [8, 16, 32]}


def in_words(called, **arguments):
    return f"{called}({', '.join(f'{name}={value!r}' for name, value in arguments.items())})"


def model_of(name, base_path, labels):
    """The model that a server reads from the file."""
    called = f"models_config({name!r}, {base_path!r}, {labels})"
    with expect.works(called):
        text = models_config(name, base_path, labels)
    with expect.works(f"the server, when it reads {called}"):
        models = read(text, ModelServerConfig)
        config.check(models)
    models = models.model_config_list.config
    expect.that(len(models) == 1, called=called, expected="one model", seen=f"{len(models)} models")
    return called, models[0]


def test_the_server_knows_the_model():
    """The server reads name, path and platform of the model.

    The text format has its own rules for what stands in quotes, and the server demands things
    that the format itself does not.
    """
    for name, path in (("fraud", "/models/fraud"), ('the "new" one', '/models/"new"\\one')):
        called, model = model_of(name, path, LABELS)
        expect.same((model.name, model.base_path), (name, path), called=f"the model of {called}")


def test_versions_with_a_label_are_loaded(tmp_path):
    """Of all versions that are there, those with a label are loaded, and no others.

    Without a policy, a server loads the one with the highest number.
    """
    for version in (1, 2, 3, 10):
        (tmp_path / str(version)).mkdir()
    for labels in (LABELS, {"stable": 2}):
        _, model = model_of("fraud", str(tmp_path), labels)
        called = f"the versions that are loaded of 1, 2, 3 and 10, by models_config(…, {labels})"
        expect.same(sorted(aspired(model)), sorted(labels.values()), called=called)


def test_labels_mean_their_versions():
    """Each label means its version.

    A client asks for a label, and need not know which version has it today.
    """
    called, model = model_of("fraud", "/models/fraud", LABELS)
    expect.same(dict(model.version_labels), LABELS, called=f"the labels of {called}")


def test_a_relative_path_is_refused():
    """A relative path is refused here, before the server does.

    A server runs in a folder of its own, most often in a container.
    """
    for path in ("models/fraud", "./fraud"):
        called = f"models_config('fraud', {path!r}, …)"
        expect.raises(partial(models_config, "fraud", path, LABELS), ValueError, called=called)


@pytest.mark.parametrize(
    "arguments",
    [BATCHES, {"max_batch_size": 64, "timeout_ms": 0.5, "threads": 1}],
    ids=["padded", "not padded"],
)
def test_the_server_reads_how_to_batch(arguments):
    """The server reads sizes, waiting time and threads of batches.

    Look at each field's unit, and at which fields are messages of their own, so that "not set" is
    not 0.
    """
    called = in_words("batching_config", **arguments)
    with expect.works(called):
        text = batching_config(**arguments)
    with expect.works(f"the server, when it reads {called}"):
        seen = read(text, BatchingParameters)
        options.check_batching(seen)
    got = {
        "max_batch_size": seen.max_batch_size.value,
        "batch_timeout_micros": seen.batch_timeout_micros.value,
        "num_batch_threads": seen.num_batch_threads.value,
        "allowed_batch_sizes": list(seen.allowed_batch_sizes),
    }
    want = {
        "max_batch_size": arguments["max_batch_size"],
        "batch_timeout_micros": int(arguments["timeout_ms"] * 1000),
        "num_batch_threads": arguments["threads"],
        "allowed_batch_sizes": arguments.get("allowed", []),
    }
    expect.same(got, want, called=called)


def test_sizes_that_the_server_refuses():
    """Sizes are refused here that a server would not start with.

    A configuration that is wrong is found when it is made, not when a server is restarted at
    night.
    """
    for allowed in ([8, 16], [16, 8, 32], [8, 8, 32], [16, 32, 64]):
        arguments = {**BATCHES, "allowed": allowed}
        called = in_words("batching_config", **arguments)
        expect.raises(partial(batching_config, **arguments), ValueError, called=called)


def test_metrics_are_on():
    """The file turns metrics on, at the usual path.

    The server has counters and latencies, and shows them to nobody unless it is told to.
    """
    with expect.works("monitoring_config()"):
        text = monitoring_config()
    with expect.works("the server, when it reads monitoring_config()"):
        seen = read(text, MonitoringConfig).prometheus_config
    usual = ("", "/monitoring/prometheus/metrics")
    expect.that(
        seen.enable and seen.path in usual,
        called="monitoring_config()",
        expected="metrics are enabled, at the path that the server has for them",
        seen=f"enable: {seen.enable}, path: {seen.path!r}",
    )


def started(tmp_path, **given):
    """What a server does with the command: its flags, and the files that these name."""
    texts = {
        "models.config": 'model_config_list { config { name: "fraud" base_path: "/models/fraud" '
        'model_platform: "tensorflow" version_labels { key: "stable" value: 1 } } }',
        "batching.txt": "max_batch_size { value: 32 }",
        "monitoring.txt": "prometheus_config { enable: true }",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    paths = {name: str(tmp_path / file) for name, file in given.items()}
    called = in_words("server_command", models="models.config", **given)
    with expect.works(called):
        command = server_command(str(tmp_path / "models.config"), **paths)
    with expect.works(f"the server, when it is started by {called}"):
        seen = options.parse(command)
    words = [word.replace(str(tmp_path), "") for word in seen.unknown]
    expect.that(
        not words,
        called=called,
        expected="words that are flags of the server, each with its value",
        seen=f"{words[0]!r}, which the server ignores" if words else "",
    )
    with expect.works(f"the server, when it is started by {called}"):
        return called, seen, options.files(seen), command


def test_the_server_starts_with_its_models(tmp_path):
    """The command starts the server with its models, for gRPC and REST.

    One of the two ports is off by default.
    """
    called, seen, files, command = started(tmp_path)
    got = (command[0], seen.port, seen.rest_api_port)
    expect.same(got, ("tensorflow_model_server", 8500, 8501), called=f"program, ports of {called}")
    names = [model.name for model in files.models.model_config_list.config]
    expect.same(names, ["fraud"], called=f"the models of {called}")


def test_batching_is_on_with_its_file(tmp_path):
    """With a file for it, requests are batched as it says.

    A file alone does not turn batching on: a server that is given only the file does not start.
    """
    called, seen, files, _ = started(tmp_path, batching="batching.txt")
    size = files.batching.max_batch_size.value if files.batching else "no file"
    expect.same((seen.enable_batching, size), (True, 32), called=f"batching, size of {called}")


def test_batching_is_off_without_its_file(tmp_path):
    """Without a file for it, nothing is batched.

    A server that batches by its own defaults makes requests wait for others.
    """
    called, seen, *_ = started(tmp_path)
    expect.same(seen.enable_batching, False, called=f"whether requests are batched by {called}")


def test_metrics_are_on_with_their_file(tmp_path):
    """With a file for it, there are metrics."""
    called, _, files, _ = started(tmp_path, monitoring="monitoring.txt")
    enabled = files.monitoring.prometheus_config.enable
    expect.same(enabled, True, called=f"whether there are metrics, {called}")


def test_labels_need_no_version_yet(tmp_path):
    """The server starts with labels, though no version is loaded.

    By default a label is given only to a version that is there, and at the start none is.
    """
    called, seen, files, _ = started(tmp_path)
    allowed = seen.allow_version_labels_for_unavailable_models
    files.models.model_config_list.config[0].base_path = str(tmp_path)
    with expect.works(f"the server, when it is started by {called}"):
        Core(files.models, labels_for_unavailable=allowed)


def test_the_file_of_models_is_read_again(tmp_path):
    """The server looks at the file of models again and again.

    By default it reads it once, and a change has no effect until it is restarted.
    """
    called, seen, *_ = started(tmp_path)
    seconds = seen.model_config_file_poll_wait_seconds
    expect.that(
        seconds > 0,
        called=f"how often the file of models is read, {called}",
        expected="every so many seconds",
        seen="once" if seconds == 0 else f"every {seconds} seconds",
    )
