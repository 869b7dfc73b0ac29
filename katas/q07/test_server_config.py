from functools import partial

import pytest

from dojo import expect
from katas.q07.server_config import (
    batching_config,
    models_config,
    monitoring_config,
    server_command,
)
from lab.scoring import save
from lab.serving import config, options
from lab.serving.core import Settings
from lab.serving.embedded import EmbeddedServer
from lab.serving.messages import (
    BatchingParameters,
    ModelServerConfig,
    MonitoringConfig,
    read,
)
from lab.serving.versions import aspired

LABELS = {"stable": 1, "canary": 3}
WRAPPED = {
    "idea": "Most fields of this message are messages themselves, so that not set differs from 0.",
    "when": 'Expected "{"',
}
UNESCAPED = {
    "idea": "In the text format, a quote ends a string unless it is escaped.",
    "when": "Invalid protobuf",
}
LABELS_AT_THE_START = {
    "idea": "By default a label is refused unless its version is loaded. At the start none is.",
    "when": "assign label",
}
FILE_ALONE = {
    "idea": "A file does not turn batching on. A server that is given only the file stops.",
    "when": "enable_batching",
}
BATCHES = {"max_batch_size": 32, "timeout_ms": 2, "threads": 4, "allowed": [4, 16, 32]}


def in_words(called, **arguments):
    return f"{called}({', '.join(f'{name}={value!r}' for name, value in arguments.items())})"


def model_of(name, base_path, labels, **foreseen):
    """The model that a server reads from the file."""
    called = f"models_config({name!r}, {base_path!r}, {labels})"
    with expect.works(called):
        text = models_config(name, base_path, labels)
    with expect.works(f"the server, when it reads {called}", **foreseen):
        models = read(text, ModelServerConfig)
        config.check(models)
    models = models.model_config_list.config
    expect.that(len(models) == 1, called=called, expected="one model", seen=f"{len(models)} models")
    return called, models[0]


def expect_model(name, base_path, **foreseen):
    called, model = model_of(name, base_path, LABELS, **foreseen)
    got = (model.name, model.base_path)
    expect.same(got, (name, base_path), called=f"name, base path of the model in {called}")


def expect_labels(labels, **foreseen):
    called, model = model_of("fraud", "/models/fraud", labels, **foreseen)
    seen = dict(sorted(model.version_labels.items()))
    expect.same(seen, dict(sorted(labels.items())), called=f"the labels of {called}")


def test_the_server_knows_the_model():
    """The server reads the name and the base path of the model.

    Clients ask for the name. The server looks for versions in the base path.
    """
    expect_model("fraud-eu", "/models/scorer-2026")


@pytest.mark.beyond
def test_names_may_have_quotes():
    """Names, paths and labels may have quotes and backslashes in them.

    In the text format, some characters mean something else unless they are escaped.
    """
    name = 'Ann\'s "new"\\next'
    expect_model(name, f"/models/{name}", **UNESCAPED)
    expect_labels({name: 2}, **UNESCAPED)


@pytest.mark.beyond
def test_a_path_may_be_a_uri():
    """A path may be a URI.

    A model may lie in a bucket. Its address is absolute, and does not begin with a slash.
    """
    for uri in "gs://models/fraud", "s3://models/fraud", "hdfs://namenode:8020/models/fraud":
        expect_model("fraud", uri)


def test_versions_with_a_label_are_loaded(tmp_path):
    """Of all versions, those with a label are loaded, and no others.

    Labels load nothing. A policy does, and without one a server loads the highest number only.
    """
    for version in (1, 2, 3, 10):
        (tmp_path / str(version)).mkdir()
    for labels in (LABELS, {"stable": 2}, {}):
        _, model = model_of("fraud", str(tmp_path), labels)
        called = f"the versions that are loaded of 1, 2, 3 and 10, by models_config(…, {labels})"
        with expect.works(called):
            seen = sorted(aspired(model))
        expect.same(seen, sorted(labels.values()), called=called)


def test_labels_mean_their_versions():
    """Each label means its version.

    A client asks for a label, and need not know which version has it today. Two labels may mean
    the same one.
    """
    expect_labels({"stable": 10, "canary": 9, "old": 7})
    expect_labels({"stable": 3, "canary": 3})


@pytest.mark.beyond
def test_a_relative_path_is_refused():
    """A relative path is refused, before a server does.

    A server runs in a folder of its own, most often in a container.
    """
    for path in ("models/fraud", "./fraud", "~/fraud", "fraud:7"):
        called = f"models_config('fraud', {path!r}, …)"
        expect.raises(partial(models_config, "fraud", path, LABELS), ValueError, called=called)


def expect_batching(arguments, about=None):
    """A server reads from the file what was asked for; the idea may be about one field of it."""
    called = in_words("batching_config", **arguments)
    with expect.works(called):
        text = batching_config(**arguments)
    with expect.works(f"the server, when it reads {called}", **WRAPPED):
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
    others_are_wrong = about and {**got, about: want[about]} != want
    expect.same(got, want, called=called, idea="" if others_are_wrong else None)


@pytest.mark.parametrize(
    "arguments",
    [BATCHES, {"max_batch_size": 48, "timeout_ms": 5, "threads": 1}],
    ids=["padded", "not padded"],
)
def test_the_server_reads_how_to_batch(arguments):
    """The server reads sizes, waiting time and threads of batches.

    The name of a field says its unit, and a server's own defaults hold for what the file leaves
    out.
    """
    expect_batching(arguments)


@pytest.mark.beyond
def test_a_waiting_time_below_a_millisecond():
    """A waiting time may be a fraction of a millisecond.

    The server counts microseconds. Under a limit of 50 ms for an answer, a fraction is a usual
    choice.
    """
    expect_batching({**BATCHES, "timeout_ms": 0.5}, about="batch_timeout_micros")


@pytest.mark.beyond
def test_sizes_that_the_server_refuses():
    """Sizes are refused that a server would not start with.

    A wrong file should be found when it is written, not when a server restarts at night.
    """
    for allowed in ([8, 16], [16, 8, 32], [8, 24, 16, 32], [8, 8, 32], [16, 32, 64]):
        arguments = {**BATCHES, "allowed": allowed}
        called = in_words("batching_config", **arguments)
        expect.raises(partial(batching_config, **arguments), ValueError, called=called)


def test_metrics_are_on():
    """The file turns metrics on, at the default path.

    A server counts requests all the time, and shows the counts only if it is told to.
    """
    with expect.works("monitoring_config()"):
        text = monitoring_config()
    with expect.works("the server, when it reads monitoring_config()"):
        seen = read(text, MonitoringConfig).prometheus_config
    usual = ("", "/monitoring/prometheus/metrics")
    expect.that(
        seen.enable and seen.path in usual,
        called="monitoring_config()",
        expected="enable: True, at the server's default path",
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
    folder = tmp_path / "a folder"
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text)
    paths = {name: str(folder / file) for name, file in given.items()}
    called = in_words("server_command", models="models.config", **given)
    with expect.works(called):
        command = server_command(str(folder / "models.config"), **paths)
    with expect.works(f"the server, when it is started by {called}"):
        seen = options.parse(command)
    words = [word.replace(f"{folder}/", "") for word in seen.unknown]
    expect.that(
        not words,
        called=called,
        expected="words that are flags of the server, each with its value",
        seen=f"{words[0]!r}, which the server ignores" if words else "",
        idea="The server ignores a word that is no flag of its own. A flag and its value are one "
        "word: `--name=value`.",
    )
    with expect.works(f"the server, when it is started by {called}", **FILE_ALONE):
        return called, seen, options.files(seen), command


def test_the_server_starts_with_its_models(tmp_path):
    """The command starts the server with its models, for gRPC and REST.

    One of the two ports is closed by default.
    """
    called, seen, files, command = started(tmp_path)
    got = (command[0], seen.port, seen.rest_api_port)
    expect.same(got, ("tensorflow_model_server", 8500, 8501), called=f"program, ports of {called}")
    names = [model.name for model in files.models.model_config_list.config]
    expect.same(names, ["fraud"], called=f"the models of {called}")


def test_batching_is_on_with_its_file(tmp_path):
    """With a file of batching, requests are batched as it says.

    Batching is off by default. It takes a flag to turn it on, and another one to name the file.
    """
    called, seen, files, _ = started(tmp_path, batching="batching.txt")
    size = files.batching.max_batch_size.value if files.batching else "no file"
    expect.same((seen.enable_batching, size), (True, 32), called=f"batching, size of {called}")


def test_batching_is_off_without_its_file(tmp_path):
    """Without a file of batching, nothing is batched.

    A server that batches makes requests wait for others. Its defaults are not chosen for 50 ms.
    """
    for monitoring in ({}, {"monitoring": "monitoring.txt"}):
        called, seen, *_ = started(tmp_path, **monitoring)
        expect.same(seen.enable_batching, False, called=f"whether requests are batched by {called}")


def test_metrics_are_on_with_their_file(tmp_path):
    """With a file of monitoring, there are metrics.

    It takes a flag that names the file, and a REST port at which they are shown.
    """
    for batching in ({}, {"batching": "batching.txt"}):
        called, _, files, _ = started(tmp_path, monitoring="monitoring.txt", **batching)
        enabled = files.monitoring.prometheus_config.enable
        expect.same(enabled, True, called=f"whether there are metrics, {called}")


def test_labels_need_no_version_yet(tmp_path):
    """The server starts with labels, though no version is loaded.

    Labels are checked before versions are loaded.
    """
    called, seen, files, _ = started(tmp_path)
    allowed = seen.allow_version_labels_for_unavailable_models
    files.models.model_config_list.config[0].base_path = str(tmp_path)
    save(tmp_path, 1, number=1)
    settings = Settings(labels_for_unavailable=allowed, most_retries=0)
    server = EmbeddedServer(files.models, settings)
    said = f"the server, when it is started by {called}"
    with expect.works(said, **LABELS_AT_THE_START), server:
        pass


@pytest.mark.beyond
def test_a_reload_is_not_undone(tmp_path):
    """What a reload by gRPC has changed stays changed.

    A file of models that is polled is applied at every poll, changed or not. The old list is back
    some seconds later.
    """
    called, seen, *_ = started(tmp_path)
    seconds = seen.model_config_file_poll_wait_seconds
    expect.that(
        seconds <= 0,
        called=f"how often the file of models is applied, {called}",
        expected="once, at the start",
        seen=f"every {seconds} seconds",
    )
