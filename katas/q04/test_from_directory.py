"""Your loader against the utility that it rebuilds."""

import struct
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q04.from_directory import load

SIZE = (4, 6)
LOAD = "load(directory, (4, 6), batch_size)"


def utility(directory, batch_size=1):
    """The oracle."""
    return keras.utils.image_dataset_from_directory(
        directory, image_size=SIZE, batch_size=batch_size, shuffle=False, verbose=False
    )


def loaded(directory, batch_size=1, called=LOAD):
    """What the learner's function gives: the dataset and the class names."""
    with expect.works(called):
        result = load(str(directory), SIZE, batch_size)
    pair = isinstance(result, tuple) and len(result) == 2
    kinds = tuple(type(part).__name__ for part in result) if pair else type(result).__name__
    ok = pair and isinstance(result[0], tf.data.Dataset) and isinstance(result[1], list)
    expect.that(ok, called=called, expected="a tf.data.Dataset and a list", seen=f"{kinds}")
    return result


def pairs(dataset, called=LOAD):
    """(red, label) of every image of one pass; the images of most tests have one colour each."""
    found = []
    with expect.works(called, tf.errors.OpError):
        for images, labels in dataset.take(100):
            found += zip(
                reds(images, called), np.asarray(labels).astype(int).tolist(), strict=False
            )
    return found


def reds(images, called=LOAD):
    """The red in the first corner of every image."""
    found = np.asarray(images)[:, 0, 0, 0]
    peak = found.max(initial=0) if found.any() else 0
    expect.that(
        bool(peak == 0 or peak > 0.5),
        called=f"the pixels of {called}",
        expected="values from 0 to 255, as in the files",
        seen=f"no red above {peak:.2g}",
        idea="The utility leaves the range of the pixels alone: a model brings its own scaling.",
    )
    return found.round().astype(int).tolist()


def write(file: Path, pixels):
    """Write an image in the format that the suffix of `file` names."""
    file.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.asarray(pixels, np.uint8)
    encode = {".png": tf.io.encode_png, ".jpg": tf.io.encode_jpeg, ".bmp": bmp, ".gif": gif}
    file.write_bytes(tf.get_static_value(tf.constant(encode[file.suffix.lower()](pixels))))


def bmp(pixels):
    """A Windows bitmap, 24 bits a pixel; rows are padded to four bytes and go bottom up."""
    height, width, _ = pixels.shape
    rows = b"".join(r[:, ::-1].tobytes() + bytes(-3 * width % 4) for r in pixels[::-1])
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, len(rows), 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + len(rows), 0, 0, 54) + header + rows


def gif(pixels):
    """Two frames, the first in the colour of the first pixel, the second black."""
    height, width, _ = pixels.shape
    assert height * width < 120  # so few that all codes of the compression have eight bits

    def frame(color):
        codes = bytes([128, *[color] * (height * width), 129])
        size = struct.pack("<HHHHB", 0, 0, width, height, 0)
        return b"," + size + bytes([7, len(codes)]) + codes + bytes(1)

    header = struct.pack("<HHBBB", width, height, 0xF6, 0, 0)
    return (
        b"GIF89a" + header + pixels[0, 0].tobytes().ljust(384, b"\0") + frame(0) + frame(1) + b";"
    )


def plain(red, channels=3):
    """An image of one colour."""
    return np.full((5, 7, channels), red)


def test_pixels(tmp_path):
    """The pixels are those that the utility gives.

    Decoding gives whole numbers from 0 to 255, resizing mixes neighbours to floats in the same
    range. A model that was trained on other pixels than it is served gives other answers.
    """
    noise = np.random.default_rng(4)
    for name, shape in (("bus/a", (9, 6)), ("bus/b", (5, 12)), ("car/c", (8, 8))):
        write(tmp_path / f"{name}.png", noise.integers(0, 256, (*shape, 3)))
    dataset, _ = loaded(tmp_path, batch_size=3)
    with expect.works(LOAD, tf.errors.OpError):
        images = next((images for images, _ in dataset), None)
    want = next(images for images, _ in utility(tmp_path, batch_size=3))
    expect.value(images, want, called=f"the images of {LOAD}", tolerance=0.01)


def test_element_spec(tmp_path):
    """Batches of float32 images and int32 labels, in order, none lost.

    The element_spec is what a model is built from: height, width and channels must be known
    before any image was read. Only the batch size stays open, for the last, shorter batch.
    Class comes after class, whatever the paths look like as strings; a large image holds up
    those that come after it.
    """
    write(tmp_path / "bus" / "0.png", np.full((1200, 1200, 3), 0))
    for red in range(1, 5):
        write(tmp_path / "bus" / f"{red}.png", plain(red))
    for red in range(5, 9):
        write(tmp_path / "bus-stop" / f"{red}.png", plain(red))
    dataset, _ = loaded(tmp_path, batch_size=4)

    def told(spec):
        return [f"{part.dtype.name} {part.shape}" for part in tf.nest.flatten(spec)]

    want = told(utility(tmp_path, batch_size=4).element_spec)
    expect.same(told(dataset.element_spec), want, called=f"element_spec of {LOAD}")
    want = [[0, 1, 2, 3], [4, 5, 6, 7], [8]]
    for which in ("first", "second"):
        with expect.works(LOAD, tf.errors.OpError):
            batches = [reds(images) for images, _ in dataset.take(100)]
        called = f"red of the images of the {which} pass over bus/0.png to 4, bus-stop/5.png to 8"
        expect.same(batches, want, called=called)


def test_class_names_are_sorted_as_strings(tmp_path):
    """The label is the place of the folder in the sorted list of names.

    The numbers are a convention between training and serving. Both sides must sort in the
    same way, and plain string order is the one that the utility uses. A name is a name, whatever
    is in it; to a glob, [old] would be a pattern.
    """
    folders = ("van 9", "van 10", "van [old]", "_lost", "Tram", "bus-stop", "bus")
    for red, name in enumerate(folders):
        write(tmp_path / name / "a.png", plain(red + 1))
    dataset, names = loaded(tmp_path)
    oracle = utility(tmp_path)
    called = f"load with the folders {', '.join(folders)}"
    expect.same(names, oracle.class_names, called=f"class names of {called}")
    seen = [label for _, label in sorted(pairs(dataset))]
    want = [label for _, label in sorted(pairs(oracle))]
    expect.same(seen, want, called=f"labels of {called}, in this order")


def test_empty_folder_is_a_class(tmp_path):
    """A folder without images is a class too.

    The numbers of the classes after it depend on it. A class for which there is no image yet
    must not change what the other labels mean.
    """
    for red, name in ((1, "bus"), (2, "tram")):
        write(tmp_path / name / "a.png", plain(red))
    (tmp_path / "car").mkdir()
    dataset, names = loaded(tmp_path)
    called = "load with the folders 'bus', 'car' (empty) and 'tram'"
    expect.same(names, ["bus", "car", "tram"], called=f"class names of {called}")
    expect.same(pairs(dataset), pairs(utility(tmp_path)), called=f"(red, label) of {called}")


def test_only_images_are_loaded(tmp_path):
    """The suffix tells an image, in lower or upper case; no other file.

    Real folders hold notes, photos from cameras that write .JPG, and what other programs have
    put there, under names that begin with a dot. One file that cannot be decoded ends the whole
    pass with an error.
    """
    write(tmp_path / "car" / "a.png", plain(1))
    write(tmp_path / "car" / "b.PNG", plain(2))
    write(tmp_path / "loose.png", plain(3))
    write(tmp_path / ".trash" / "a.png", plain(4))
    write(tmp_path / "car" / "c.small.png", plain(5))
    write(tmp_path / "car" / ".d.png", plain(6))
    write(tmp_path / "car" / ".new" / "e.png", plain(7))
    for name in "notes.txt", "onepng":
        (tmp_path / "car" / name).write_text("no image")
    called = (
        "load with car/a.png, b.PNG, c.small.png, .d.png, .new/e.png, "
        "notes.txt, onepng; loose.png; .trash/a.png"
    )
    dataset, _ = loaded(tmp_path, called=called)
    seen, want = sorted(pairs(dataset, called)), sorted(pairs(utility(tmp_path)))
    expect.same(seen, want, called=f"(red, label) of {called}, sorted")


def test_images_in_nested_folders(tmp_path):
    """An image in a folder within a class folder belongs to that class.

    The class is the first folder below `directory`, however deep the image lies in it.
    """
    write(tmp_path / "bus" / "a.png", plain(1))
    write(tmp_path / "bus" / "night" / "rain" / "fog" / "ice" / "b.png", plain(2))
    write(tmp_path / "car" / "night" / "c.png", plain(3))
    write(tmp_path / "bus" / "car" / "d.png", plain(4))
    called = "load with bus/a.png, bus/car/d.png, bus/night/rain/fog/ice/b.png, car/night/c.png"
    dataset, _ = loaded(tmp_path, called=called)
    want = pairs(utility(tmp_path))
    expect.same(pairs(dataset, called), want, called=f"(red, label) of {called}")


def test_every_format_becomes_three_channels(tmp_path):
    """Grey, alpha channel, JPEG, BMP, GIF: all become three channels.

    A batch is one tensor, so that all its images need the same shape. Which formats a decoder
    takes, and how many channels it gives, is said in its arguments and its documentation.
    """
    write(tmp_path / "car" / "grey.png", plain(60, channels=1))
    write(tmp_path / "car" / "alpha.png", plain(120, channels=4))
    write(tmp_path / "car" / "photo.jpg", plain(180))
    write(tmp_path / "car" / "shot.bmp", plain(240))
    write(tmp_path / "car" / "moving.gif", plain(30))
    called = "load with a grey PNG, a PNG with alpha, a JPEG, a BMP and an animated GIF"
    dataset, _ = loaded(tmp_path, batch_size=5, called=called)
    images = None
    with expect.works(called, tf.errors.OpError):
        images = next((images for images, _ in dataset), None)
    want = next(images for images, _ in utility(tmp_path, batch_size=5))
    expect.value(images, want, called=f"the images of {called}", tolerance=0.02)


def test_images_are_read_during_the_pass(tmp_path):
    """An image file is read when a pass gets to it, not before.

    The images of a real data set do not fit into memory, and a training job should not wait
    for the last one before it starts on the first.
    """
    write(tmp_path / "car" / "a.png", plain(10))
    dataset, _ = loaded(tmp_path)
    write(tmp_path / "car" / "a.png", plain(20))
    called = f"red of an image that was replaced after {LOAD}"
    expect.same([red for red, _ in pairs(dataset)], [20], called=called)
