"""Training and validation images that stay apart: tomorrow, elsewhere, and in every epoch."""

import tensorflow as tf


def split(paths: list[str], validation_share: float) -> tuple[tf.data.Dataset, tf.data.Dataset]:
    """Split the frames of many drives into a training and a validation dataset of paths.

    >>> paths = [f"fleet/drive_{drive}/{frame}.png" for drive in range(900) for frame in range(5)]
    >>> training, validation = split(paths, 0.2)
    >>> held_out = len(list(validation))
    >>> len(list(training)) + held_out
    4500
    >>> held_out % 5, 800 < held_out < 1000
    (0, True)

    The drive of a frame is the name of the folder that holds it, such as `drive_7` or `night-tour`.
    No two drives have the same name, and no path comes twice. `/` separates folders. There are
    enough drives for both sides.

    Returns:
        `(training, validation)`, two datasets whose elements are paths, scalar strings.

        - Every path is on exactly one side, in every epoch.
        - All frames of a drive are on the same side.
        - New drives and new frames move no old frame to the other side.
        - The side does not depend on the process, on the order of the paths, or on the folders
          above.
        - Over many drives, the part of them that is for validation is close to `validation_share`.
        - Training comes in a new order in every epoch.
        - This order is drawn from all training paths, however many there are.
        - Validation comes in the same order in every epoch.

    Beyond the idea:
        - The folder of the drive may be the first of the path, as in `drive_7/1.png`.
        - Training comes in a new order in every epoch also when a global seed is set.
    """
    raise NotImplementedError
