"""Your loader against the utility that it rebuilds."""

import shutil
import struct
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q04.from_directory import load

SIZE = (4, 6)
LOAD = "load(directory, (4, 6), batch_size)"
NO_SHAPE = {
    "idea": "While map is traced, an image has the shape that its decoder promises. Of a file that "
    "may be a GIF, whose frames are a dimension more, decode_image promises nothing.",
    "when": "contains no shape",
}


def utility(directory, batch_size=1):
    """The oracle."""
    return keras.utils.image_dataset_from_directory(
        directory, image_size=SIZE, batch_size=batch_size, shuffle=False, verbose=False
    )


def loaded(directory, batch_size=1, called=LOAD):
    """What the learner's function gives: the dataset and the class names."""
    with expect.works(called, **NO_SHAPE):
        result = load(str(directory), SIZE, batch_size)
    pair = isinstance(result, tuple) and len(result) == 2
    kinds = tuple(type(part).__name__ for part in result) if pair else type(result).__name__
    ok = pair and isinstance(result[0], tf.data.Dataset) and isinstance(result[1], list)
    expect.that(
        ok,
        called=called,
        expected="a tf.data.Dataset and a list",
        seen=f"{kinds}",
        idea="`load` gives a pair: the dataset, and the names of the classes.",
    )
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
    encode = {
        ".png": tf.io.encode_png,
        ".jpg": tf.io.encode_jpeg,
        ".jpeg": tf.io.encode_jpeg,
        ".bmp": bmp,
        ".gif": gif,
    }
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


def specs(dataset):
    return [f"{part.dtype.name} {part.shape}" for part in tf.nest.flatten(dataset.element_spec)]


def same_as_the_utility(directory, called):
    """Compare the class names, and (red, label) of every image whatever the order."""
    dataset, names = loaded(directory, called=called)
    oracle = utility(directory)
    expect.same(names, oracle.class_names, called=f"class names of {called}")
    seen, want = sorted(pairs(dataset, called)), sorted(pairs(oracle))
    expect.same(seen, want, called=f"(red, label) of {called}, sorted")


def images_of_one_batch(directory, count, called):
    """Compare all pixels of the first batch."""
    dataset, _ = loaded(directory, batch_size=count, called=called)
    images = None
    with expect.works(called, tf.errors.OpError):
        images = next((images for images, _ in dataset), None)
    want = next(images for images, _ in utility(directory, batch_size=count))
    expect.value(images, want, called=f"the images of {called}", tolerance=0.01)


def test_pixels(tmp_path):
    """The pixels are those that the utility gives.

    Decoding gives whole numbers from 0 to 255. Resizing mixes neighbours to floats in the same
    range. A model that was trained on other pixels than it is served gives other answers.
    """
    noise = np.random.default_rng(4)
    for name, shape in (("bus/a.png", (9, 6)), ("car/b.jpeg", (5, 12)), ("van/c.png", (8, 8))):
        write(tmp_path / name, noise.integers(0, 256, (*shape, 3)))
    images_of_one_batch(tmp_path, 3, "load with bus/a.png, car/b.jpeg and van/c.png")


def test_element_spec(tmp_path):
    """Elements are batches of float32 images and int32 labels.

    A model is built from the element_spec, before any image was read. So height, width and
    channels must be known. Only the batch size stays open, for the last, shorter batch.
    """
    for name in "abcd":
        write(tmp_path / "bus" / f"{name}.png", plain(0))
    dataset, _ = loaded(tmp_path, batch_size=4)
    want = specs(utility(tmp_path, batch_size=4))
    expect.same(specs(dataset), want, called=f"element_spec of {LOAD}")


def test_no_image_is_lost_and_the_order_stays(tmp_path):
    """Every pass has all images in the same order, class by class.

    Two passes can only be compared in the same order. A large image takes longer to decode than
    those that come after it, and they have to wait.
    """
    write(tmp_path / "bus" / "4.png", np.full((1200, 1200, 3), 4))
    for red in (0, 1, 2, 3, 5, 6, 7, 8):
        suffix = "jpg" if red == 7 else "png"
        write(tmp_path / ("car" if red < 4 else "bus") / f"{red}.{suffix}", plain(red))
    dataset, _ = loaded(tmp_path, batch_size=4)
    for which in ("first", "second"):
        with expect.works(LOAD, tf.errors.OpError):
            batches = [reds(images) for images, _ in dataset.take(100)]
        called = f"red of the images of the {which} pass over bus/4 to 8, car/0 to 3; 7 is a JPEG"
        expect.same(batches, [[4, 5, 6, 7], [8, 0, 1, 2], [3]], called=called)


def test_class_names_are_sorted_as_strings(tmp_path):
    """The label is the place of the folder in the sorted list of names.

    The numbers are a convention between training and serving. Both sides must sort in the
    same way, and the utility sorts plain strings: T comes before b, and 10 before 9.
    """
    folders = ("van 9", "van 10", "Tram", "bus")
    for red, name in enumerate(folders):
        write(tmp_path / name / "a.png", plain(red + 1))
    same_as_the_utility(tmp_path, f"load with the folders {', '.join(folders)}")


def test_only_images_are_loaded(tmp_path):
    """The suffix tells an image, in lower or upper case; other files are left out.

    Real folders hold notes, and photos from cameras that write .JPG. One file that cannot be
    decoded ends the whole pass with an error.
    """
    write(tmp_path / "car" / "a.png", plain(1))
    write(tmp_path / "car" / "b.PNG", plain(2))
    write(tmp_path / "car" / "c.JPEG", plain(3))
    (tmp_path / "car" / "notes.txt").write_text("no image")
    (tmp_path / "car" / "a.png.bak").write_bytes((tmp_path / "car" / "a.png").read_bytes())
    same_as_the_utility(tmp_path, "load with car/a.png, a.png.bak, b.PNG, c.JPEG and notes.txt")


def test_images_in_nested_folders(tmp_path):
    """An image in a folder within a class folder belongs to that class.

    The class is the first folder below `directory`, however deep the image lies in it.
    """
    write(tmp_path / "bus" / "a.png", plain(1))
    write(tmp_path / "bus" / "night" / "rain" / "fog" / "ice" / "b.png", plain(2))
    write(tmp_path / "car" / "night" / "c.png", plain(3))
    write(tmp_path / "bus" / "car" / "d.png", plain(4))
    listed = "bus/a.png, bus/car/d.png, bus/night/rain/fog/ice/b.png, car/night/c.png"
    same_as_the_utility(tmp_path, f"load with {listed}")


def test_every_image_gets_three_channels(tmp_path):
    """Grey images and those with an alpha channel get three channels.

    A batch is one tensor, so all its images need the same shape.
    """
    write(tmp_path / "bus" / "alpha.png", plain(120, channels=4))
    write(tmp_path / "car" / "grey.png", plain(60, channels=1))
    write(tmp_path / "van" / "photo.jpg", plain(180))
    called = "load with a grey PNG, a PNG with an alpha channel, and a JPEG"
    images_of_one_batch(tmp_path, 3, called)


@pytest.mark.beyond
def test_every_format_of_the_utility(tmp_path):
    """BMP works, and a GIF gives its first frame.

    SUFFIXES has five endings. Not every decoder takes all of these formats, and an animated
    GIF has one axis more than an image.
    """
    write(tmp_path / "bus" / "moving.gif", plain(30))
    write(tmp_path / "car" / "shot.bmp", plain(240))
    images_of_one_batch(tmp_path, 2, "load with an animated GIF and a BMP")


def test_images_are_read_during_the_pass(tmp_path):
    """An image file is read when a pass gets to it, not before.

    The images of a real data set do not fit into memory. A training job should not wait
    for the last one before it starts on the first.
    """
    write(tmp_path / "car" / "a.png", plain(10))
    dataset, _ = loaded(tmp_path)
    for red, when in ((20, LOAD), (30, "the first pass")):
        write(tmp_path / "car" / "a.png", plain(red))
        called = f"red of an image that was replaced after {when}"
        expect.same([red for red, _ in pairs(dataset)], [red], called=called)
    for i in range(500):
        shutil.copy(tmp_path / "car" / "a.png", tmp_path / "car" / f"b{i:03}.png")
    dataset, _ = loaded(tmp_path)
    reading = iter(dataset)
    with expect.works(LOAD, tf.errors.OpError):
        next(reading)
        write(tmp_path / "car" / "b499.png", plain(40))
        found = [reds(images) for images, _ in reading]
    expect.that(
        [40] in found,
        called="a pass over 501 images, the last of which is replaced after the first batch",
        expected="its new red, which is 40",
        seen="its old red",
    )


@pytest.mark.beyond
def test_empty_folder_is_a_class(tmp_path):
    """A folder without images is a class, too.

    The numbers of the classes after it depend on it. A class for which there is no image yet
    must not change what the other labels mean.
    """
    for red, name in ((1, "bus"), (2, "tram")):
        write(tmp_path / name / "a.png", plain(red))
    (tmp_path / "car").mkdir()
    same_as_the_utility(tmp_path, "load with the folders 'bus', 'car' (empty) and 'tram'")


@pytest.mark.beyond
def test_classes_of_odd_names(tmp_path):
    """Every folder is a class, except those that start with a dot.

    A leading dot hides a folder, and no other sign has a meaning. To a glob, [old] would be a
    pattern.
    """
    folders = (".trash", "_lost", "van [old]", "old.png", "bus")
    for red, name in enumerate(folders):
        write(tmp_path / name / "a.png", plain(red + 1))
    same_as_the_utility(tmp_path, f"load with the folders {', '.join(folders)}")


@pytest.mark.beyond
def test_classes_come_by_name(tmp_path):
    """The class `bus` comes before `bus-stop`, whatever their paths look like as strings.

    A hyphen comes before a slash, so bus-stop/a.png comes before bus/a.png in a list of paths.
    """
    for red, name in enumerate(("bus", "bus-stop", "bus.old")):
        write(tmp_path / name / "a.png", plain(red))
    called = "load with bus/a.png, bus-stop/a.png and bus.old/a.png"
    dataset, _ = loaded(tmp_path, called=called)
    seen, want = pairs(dataset, called), pairs(utility(tmp_path))
    expect.same(seen, want, called=f"(red, label) of {called}")


@pytest.mark.beyond
def test_files_of_odd_names(tmp_path):
    """Only files in class folders are images, also if their names start with a dot.

    Other programs put files everywhere. A class is a folder, and a suffix is what follows the
    last dot of a name.
    """
    write(tmp_path / "car" / "a.png", plain(1))
    write(tmp_path / "car" / "b.small.png", plain(2))
    write(tmp_path / "car" / ".c.png", plain(3))
    write(tmp_path / "car" / ".new" / "d.png", plain(4))
    write(tmp_path / "loose.png", plain(5))
    (tmp_path / "car" / "onepng").write_text("no image")
    listed = "car/a.png, b.small.png, .c.png, .new/d.png, onepng; loose.png"
    same_as_the_utility(tmp_path, f"load with {listed}")


@pytest.mark.beyond
def test_a_folder_is_no_image(tmp_path):
    """A folder is no image, whatever its name ends with.

    Somebody has put the old photos into a folder old.png. What lies in it are images.
    """
    write(tmp_path / "car" / "old.png" / "a.png", plain(1))
    write(tmp_path / "car" / "old.JPG" / "b.png", plain(2))
    same_as_the_utility(tmp_path, "load with car/old.png/a.png and car/old.JPG/b.png")
