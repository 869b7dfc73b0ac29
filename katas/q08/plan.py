"""How much memory does training take, and which strategy is it for?"""

from collections.abc import Collection

import tensorflow as tf


def training_bytes(parameters: int, *, policy: str = "float32", slots: int = 2) -> int:
    """Count the bytes that training keeps in memory.

    >>> training_bytes(1000, slots=2)
    16000

    `policy` is a Keras dtype policy of 16 or 32 bits. Adam has two `slots` for each weight, plain
    SGD none.

    Returns:
        The bytes of weights, gradients and all slots. Each counts with the dtype that it has in
        Keras under `policy`.
    """
    raise NotImplementedError


def bytes_per_device(
    parameters: int,
    *,
    policy: str = "float32",
    slots: int = 2,
    model_parallel: int = 1,
    data_parallel: int = 1,
    sharded: Collection[str] = (),
) -> float:
    """Count these bytes on each device.

    >>> bytes_per_device(1000, model_parallel=2, data_parallel=4)
    8000.0
    >>> bytes_per_device(1000, data_parallel=4, sharded=["slots"])
    10000.0

    `sharded` has some of "weights", "gradients" and "slots".

    Returns:
        The bytes of a device, with all divided evenly. `policy` and `slots` mean the same as above.

        - One copy of the model is divided over `model_parallel` devices.
        - There are `data_parallel` such copies, each with its own part of every batch.
        - What `sharded` names is divided over the copies, too.

    Beyond the idea:
        - Parts of a byte count.
    """
    raise NotImplementedError


def choose(
    state_bytes: int,
    *,
    device_bytes: int,
    machines: int = 1,
    devices_per_machine: int = 1,
    tpu: bool = False,
    unreliable: bool = False,
) -> str:
    """Name the tool for a training that keeps `state_bytes`.

    >>> choose(320 * 10**9, device_bytes=40 * 10**9, devices_per_machine=8)
    'DTensor'

    Returns:
        The first name that applies.

        - "none": all devices together cannot hold the state.
        - "DTensor": one device cannot hold it.
        - "TPUStrategy": the devices are TPUs.
        - "ParameterServerStrategy": there are several machines, and they are `unreliable`.
        - "MultiWorkerMirroredStrategy": there are several machines.
        - "MirroredStrategy": there are several devices.
        - "default": there is one device.

    Beyond the idea:
        - A device holds what fills it to the last byte.
    """
    raise NotImplementedError


def best_strategy(tpu: str | None = None) -> tf.distribute.Strategy:
    """Make a strategy that works on this machine.

    >>> best_strategy().num_replicas_in_sync
    1

    With the TPU that is named, it is a TPUStrategy. Otherwise, with two GPUs or more, it is a
    MirroredStrategy over all of them.

    - Without these, it has one replica, however many logical CPUs there are.
    - If this machine has no TPU, `tpu` may be None or "local".

    Beyond the idea:
        - `tpu` may be a name that nobody on the network knows.
    """
    raise NotImplementedError
