"""The usual files and flags; nothing is checked, and quotes are not thought of."""


def models_config(name, base_path, labels):
    versions = "".join(f"versions: {version} " for version in set(labels.values()))
    entries = "".join(
        f'version_labels {{ key: "{label}" value: {version} }} '
        for label, version in labels.items()
    )
    return (
        f'model_config_list {{ config {{ name: "{name}" base_path: "{base_path}" '
        f'model_platform: "tensorflow" model_version_policy {{ specific {{ {versions} }} }} '
        f"{entries} }} }}"
    )


def batching_config(*, max_batch_size, timeout_ms, threads, allowed=()):
    sizes = "".join(f" allowed_batch_sizes: {size}" for size in allowed)
    return (
        f"max_batch_size {{ value: {max_batch_size} }} "
        f"batch_timeout_micros {{ value: {int(timeout_ms) * 1000} }} "
        f"num_batch_threads {{ value: {threads} }}{sizes}"
    )


def monitoring_config():
    return "prometheus_config { enable: true }"


def server_command(models, *, batching=None, monitoring=None):
    words = ["tensorflow_model_server", "--port=8500", "--rest_api_port=8501"]
    words.append(f"--model_config_file={models}")
    words.append("--model_config_file_poll_wait_seconds=60")
    words.append("--allow_version_labels_for_unavailable_models")
    if batching:
        words += ["--enable_batching", f"--batching_parameters_file={batching}"]
    if monitoring:
        words.append(f"--monitoring_config_file={monitoring}")
    return words
