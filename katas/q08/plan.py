"""Before any code: how much memory does training take, and which strategy is it for?

Bytes are counted exactly, and a GB is 10**9 bytes. Activations are left out.
"""

from collections.abc import Collection

import tensorflow as tf


def training_bytes(parameters: int, *, policy: str = "float32", slots: int = 2) -> int:
    """The bytes of what training keeps in memory with Keras: weights, gradients, optimizer.

    Args:
        parameters: how many numbers the trainable weights have, all in layers like Dense.
        policy: Keras' dtype policy of the model: "float32", "bfloat16", "float16",
            "mixed_bfloat16" or "mixed_float16".
        slots: how many variables like each weight the optimizer has: 2 for Adam, 1 for
            SGD with momentum, 0 for plain SGD. Its step counter and learning rate do not count.

    Returns:
        What Keras' variables, and the gradients for them that a tape returns, take together.
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
    """The bytes of the same on each device, if the work is divided evenly.

    Args:
        parameters, policy, slots: as above.
        model_parallel: over how many devices one copy of the model is divided.
        data_parallel: how many such copies there are, each with its own part of every batch.
            There are model_parallel * data_parallel devices.
        sharded: which of "weights", "gradients" and "slots" are divided over the copies, too,
            so that each copy has only its part of them.
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
    """The right tool for a training, by its name in TensorFlow.

    Args:
        state_bytes: what training keeps in memory, as in training_bytes.
        device_bytes: the memory of one device.
        machines, devices_per_machine: how many there are.
        tpu: the devices are TPUs.
        unreliable: machines are slow or go away at times, and training goes on without them,
            asynchronously.

    Returns:
        The first that applies:
        "none" if all devices together cannot hold the state;
        "DTensor" if one device cannot hold it;
        "TPUStrategy" on TPUs;
        "ParameterServerStrategy" if there are several machines, and they are unreliable;
        "MultiWorkerMirroredStrategy" if there are several machines;
        "MirroredStrategy" if there are several devices;
        "default", the strategy that is there anyway, for one device.
    """
    raise NotImplementedError


def best_strategy(tpu: str | None = None) -> tf.distribute.Strategy:
    """A strategy for the machine that this runs on, which always works.

    Args:
        tpu: the name of a TPU, as TPUClusterResolver takes it, "local" for one in this machine;
            None if nobody knows of one. Any other name is asked for on the network, which is an
            OSError where there is none.

    Returns:
        A TPUStrategy if there is a TPU and it can be initialized; a MirroredStrategy over all
        GPUs if TensorFlow sees two or more; otherwise the default strategy, whatever the number
        of logical CPUs. That there is no TPU, or none of that name, is not an error.
    """
    raise NotImplementedError
