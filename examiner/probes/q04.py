"""Hidden checks of q04."""

from __future__ import annotations

from typing import Any

import numpy as np

from examiner.probes import Question, probe

Array = np.ndarray[Any, np.dtype[np.float32]]
LETTERS = list("abcdefghijklmnopqrstuvwxyz")


@probe("q04", "from_directory")
def batches(rng: np.random.Generator) -> Question:
    """Random images, in random folders, come in order, with their labels, resized exactly."""
    size = [int(side) for side in rng.integers(3, 9, size=2)]
    files: dict[str, Any] = {}
    images: list[Array] = []
    labels: list[int] = []
    names = words(rng, 4)
    for label, name in enumerate(names):
        folders = [name] if rng.integers(2) else [f"{name}/{word}" for word in words(rng, 2)]
        for folder in folders if label != 1 else []:  # the second class is empty
            for file in words(rng, int(rng.integers(1, 4))):
                pixels = picture(rng)
                files[f"{folder}/{file}{rng.choice(['.png', '.PNG'])}"] = pixels
                images.append(resized(in_colours(pixels), size))
                labels.append(label)
    extra = [f"{names[0]}/{words(rng, 1)[0]}.txt", f".{names[1]}/hidden.png", "beside.png"]
    files |= {name: picture(rng) for name in extra}
    batch = int(rng.integers(2, 5))
    expected = [
        [
            np.stack(images[start : start + batch]),
            np.asarray(labels[start : start + batch], np.int32),
        ]
        for start in range(0, len(images), batch)
    ]
    order = [str(name) for name in rng.permutation(list(files))]
    inputs = {
        "files": [[name, files[name]] for name in order],
        "empty": names[1],
        "image_size": size,
        "batch_size": batch,
    }
    return Question(inputs, [names, expected], tolerance=1e-3)


def words(rng: np.random.Generator, count: int) -> list[str]:
    """Some names of as many letters, sorted: whichever way paths are sorted, these come like so."""
    return sorted({"".join(rng.choice(LETTERS, size=6)) for _ in range(count)})


def picture(rng: np.random.Generator) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """A grey, a coloured or a half transparent image."""
    height, width = rng.integers(2, 12, size=2)
    return rng.integers(256, size=(height, width, rng.choice([1, 3, 4])), dtype=np.uint8)


def in_colours(pixels: np.ndarray[Any, np.dtype[np.uint8]]) -> Array:
    three = np.repeat(pixels, 3, axis=2) if pixels.shape[2] == 1 else pixels[:, :, :3]
    return three.astype(np.float32)


def resized(image: Array, size: list[int]) -> Array:
    """Bilinear interpolation between the middles of pixels, along one axis after the other."""
    for axis, side in enumerate(size):
        old = image.shape[axis]
        at = (np.arange(side) + 0.5) * old / side - 0.5
        below = np.floor(at)
        share = (at - below).reshape([-1 if axis == each else 1 for each in range(3)])
        low, high = (np.clip(below + step, 0, old - 1).astype(int) for step in (0, 1))
        image = np.take(image, low, axis) * (1 - share) + np.take(image, high, axis) * share
    return image.astype(np.float32)
