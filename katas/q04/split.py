"""Training and validation images that stay apart: tomorrow, elsewhere, and in every epoch."""

import tensorflow as tf


def split(paths: list[str], validation_share: float) -> tuple[tf.data.Dataset, tf.data.Dataset]:
    """Two datasets of paths: training and validation.

    The frames of one drive look alike, so that a drive is either for training or for
    validation. The drive of a frame is the name of the folder that holds it: "drive_7" for
    "/mnt/fleet/drive_7/000123.png" as for "drive_7/000123.png". It may be any name. No two drives
    have the same one, and a path has at least one folder.

    - Every path is on exactly one side, in every epoch.
    - The side of a drive depends on its name and on `validation_share`, and on nothing else:
      not on the other paths or their order, on the folders above, on the process, the machine,
      a seed or the time. New drives and new frames never move an old frame.
    - Over many drives, the part of them that is for validation is close to `validation_share`.
    - Training: every epoch is in a new order, drawn from all training paths, however many there
      are, also when a global seed is set.
      Validation: every epoch is in the same order.

    Args:
        paths: "/" separates folders. No path comes twice. There are enough drives for both sides.
        validation_share: between 0 and 1.

    Returns:
        (training, validation); an element is one path, a scalar string.
    """
    raise NotImplementedError
