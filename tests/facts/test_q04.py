"""What TensorFlow and Keras themselves do, behind the texts of kata q04."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from lab import pipelines
from lab.processes import run

Dataset = tf.data.Dataset
ROOT = Path(__file__).parents[2]


def image(file: Path, red: int = 0) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(tf.io.encode_png(np.full((2, 2, 3), red, np.uint8)).numpy())


def utility(folder: Path, **options) -> tf.data.Dataset:
    options = {"image_size": (2, 2), "batch_size": 4, "verbose": False} | options
    return keras.utils.image_dataset_from_directory(str(folder), **options)


def names(dataset) -> set[str]:
    return {"/".join(path.split("/")[-2:]) for path in dataset.file_paths}


def numbers(dataset) -> list[int]:
    return [int(x) for x in dataset]


def files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


class Counted:
    """Elements 0 to 5 from a map function that counts how often it runs."""

    def __init__(self):
        self.runs = 0
        self.dataset = Dataset.range(6).map(lambda x: tf.numpy_function(self.load, [x], tf.int64))

    def load(self, x):
        self.runs += 1
        return x


def test_utility_is_a_tf_data_pipeline(tmp_path):
    """The utility gives a tf.data pipeline that shuffles, maps in parallel and prefetches, with
    AUTOTUNE; the shuffle buffer holds eight batches; there is no cache."""
    image(tmp_path / "cat" / "0.png")
    found = {stage.kind: stage.numbers for stage in pipelines.stages(utility(tmp_path))}
    assert found["ParallelMap"] == found["Prefetch"] == (tf.data.AUTOTUNE,)
    assert found["Shuffle"][0] == 8 * 4
    assert "Cache" not in found


def test_utility_lives_in_keras_utils():
    """The utility's home is keras.utils; the old name in preprocessing is the same function."""
    assert (
        keras.utils.image_dataset_from_directory is keras.preprocessing.image_dataset_from_directory
    )


def test_utility_indexes_every_folder(tmp_path):
    """An empty folder is a class, a hidden one is not, images in nested folders count, and so
    do suffixes in upper case; all other files are left out."""
    image(tmp_path / "bus" / "night" / "0.PNG")
    image(tmp_path / "tram" / "1.png")
    image(tmp_path / ".git" / "2.png")
    image(tmp_path / "loose.png")
    (tmp_path / "car").mkdir()
    (tmp_path / "tram" / "notes.txt").write_text("no image")
    dataset = utility(tmp_path, shuffle=False)
    assert dataset.class_names == ["bus", "car", "tram"]
    assert names(dataset) == {"night/0.PNG", "tram/1.png"}
    assert [int(y) for _, labels in dataset for y in labels] == [0, 2]


def test_class_names_are_lost(tmp_path):
    """`class_names` is an attribute of the utility's dataset; the next stage has none."""
    image(tmp_path / "cat" / "0.png")
    dataset = utility(tmp_path)
    assert dataset.class_names == ["cat"]
    assert not hasattr(dataset.cache(), "class_names")


def test_corrupt_image_is_found_when_it_is_read(tmp_path):
    """The utility does not open the images when it is called: a corrupt one is found later."""
    image(tmp_path / "cat" / "0.png")
    (tmp_path / "cat" / "1.png").write_text("no image")
    dataset = utility(tmp_path)
    with pytest.raises(tf.errors.InvalidArgumentError):
        list(dataset)


def test_decoders_look_at_the_content_not_at_the_suffix(tmp_path):
    """A JPEG called .png is loaded all the same; what is no image at all raises in the pass."""
    (tmp_path / "cat").mkdir()
    jpeg = tf.io.encode_jpeg(np.full((2, 2, 3), 200, np.uint8)).numpy()
    (tmp_path / "cat" / "photo.png").write_bytes(jpeg)
    ((images, _),) = utility(tmp_path)
    assert np.allclose(images, 200, atol=3)
    (tmp_path / "cat" / "page.png").write_text("<html>404</html>")
    with pytest.raises(tf.errors.InvalidArgumentError, match="Unknown image file format"):
        list(utility(tmp_path))


def test_ignore_errors_leaves_images_out_in_silence(tmp_path):
    """Behind `ignore_errors` a pass has fewer elements, and nothing says so."""
    (tmp_path / "0.png").write_bytes(tf.io.encode_png(np.zeros((2, 2, 3), np.uint8)).numpy())
    (tmp_path / "1.png").write_text("no image")
    files_of = Dataset.from_tensor_slices([str(tmp_path / name) for name in ("0.png", "1.png")])
    decoded = files_of.map(lambda path: tf.io.decode_png(tf.io.read_file(path)))
    assert len(list(decoded.ignore_errors())) == 1


def test_unshuffled_split_takes_the_last_classes(tmp_path):
    """Without shuffling, the utility's validation side is the end of the list: the last class."""
    for i in range(3):
        image(tmp_path / "cat" / f"{i}.png")
        image(tmp_path / "dog" / f"{i}.png")
    dataset = utility(tmp_path, shuffle=False, validation_split=1 / 3, subset="validation")
    assert names(dataset) == {"dog/1.png", "dog/2.png"}


def test_seeded_split_moves_when_an_image_is_added(tmp_path):
    """The utility's split with a seed is repeatable only as long as no file is added: then
    images that were trained on are on the validation side."""
    for i in range(30):
        image(tmp_path / "cat" / f"{i:02}.png")
    options = {"validation_split": 0.3, "seed": 42}
    before = names(utility(tmp_path, subset="training", **options))
    assert names(utility(tmp_path, subset="training", **options)) == before
    image(tmp_path / "cat" / "00a.png")
    after = names(utility(tmp_path, subset="validation", **options))
    assert before & after


def test_take_and_skip_leak_behind_a_shuffle():
    """`take` and `skip` of one shuffled dataset overlap: each pass has an order of its own."""
    dataset = Dataset.range(100).shuffle(100)
    assert set(numbers(dataset.skip(20))) & set(numbers(dataset.take(20)))


def test_hash_of_a_string_belongs_to_a_process():
    """Python's `hash` of a string is another number in another process."""

    def in_a_process(seed):
        command = [sys.executable, "-c", "print(hash('drive_7'))"]
        return subprocess.check_output(command, env={"PYTHONHASHSEED": seed})

    assert in_a_process("1") != in_a_process("2")


def test_list_files_shuffles(tmp_path):
    """`list_files` shuffles anew in each pass unless told not to; without a match it raises."""
    for i in range(20):
        (tmp_path / f"{i:02}.png").touch()
    dataset = Dataset.list_files(str(tmp_path / "*"))
    assert list(dataset.as_numpy_iterator()) != list(dataset.as_numpy_iterator())
    ordered = list(Dataset.list_files(str(tmp_path / "*"), shuffle=False).as_numpy_iterator())
    assert ordered == sorted(ordered)
    with pytest.raises(tf.errors.InvalidArgumentError, match="No files matched"):
        Dataset.list_files(str(tmp_path / "*.jpg"))


def test_list_files_takes_whatever_matches(tmp_path):
    """`list_files` gives text files and folders too."""
    (tmp_path / "notes.txt").touch()
    (tmp_path / "folder").mkdir()
    listed = Dataset.list_files(str(tmp_path / "*"), shuffle=False).as_numpy_iterator()
    assert [Path(file.decode()).name for file in listed] == ["folder", "notes.txt"]


def test_decoders_and_formats():
    """decode_image takes every format of the utility, but has a rank only without animations;
    decode_png takes JPEG, but not BMP."""
    pixels = np.zeros((2, 2, 3), np.uint8)
    assert tf.io.decode_png(tf.io.encode_jpeg(pixels)).shape == (2, 2, 3)
    row = bytes(8)
    bmp = b"BM" + (70).to_bytes(4, "little") + bytes(4) + (54).to_bytes(4, "little")
    for value, size in ((40, 4), (2, 4), (2, 4), (1, 2), (24, 2), (0, 4), (16, 4)):
        bmp += value.to_bytes(size, "little")
    bmp += bytes(16) + 2 * row
    assert tf.io.decode_image(bmp).shape == (2, 2, 3)
    with pytest.raises(tf.errors.InvalidArgumentError, match="decode_bmp"):
        tf.io.decode_png(bmp)

    def rank(**options):
        decode = tf.function(lambda raw: tf.io.decode_image(raw, channels=3, **options))
        spec = decode.get_concrete_function(tf.TensorSpec((), tf.string))
        return spec.output_shapes.rank

    assert rank() is None
    assert rank(expand_animations=False) == 3


def test_parallel_map_keeps_the_order():
    """A map with parallel calls keeps the order of the elements."""

    def wait(x):
        end = tf.timestamp() + tf.cast(x % 3, tf.float64) / 500
        while tf.timestamp() < end:
            pass
        return x

    dataset = Dataset.range(30).map(wait, num_parallel_calls=4)
    assert numbers(dataset) == list(range(30))


def test_cache_fills_in_a_whole_pass_only():
    """A pass that ends early leaves nothing in a memory cache; after a whole one the map
    function runs no more."""
    source = Counted()
    dataset = source.dataset.cache()
    list(dataset.take(2))
    assert source.runs == 2
    list(dataset)
    assert source.runs == 2 + 6
    list(dataset)
    assert source.runs == 2 + 6


def test_cache_freezes_what_stands_before_it():
    """Random numbers and a shuffle before the cache are the same in every pass."""
    dataset = Dataset.range(20).map(lambda _: tf.random.uniform(())).shuffle(20).cache()
    assert [float(x) for x in dataset] == [float(x) for x in dataset]


def test_shuffle_is_as_wide_as_its_buffer():
    """The first element comes from the buffer: with room for three it is 0, 1 or 2."""
    firsts = Dataset.range(10).shuffle(3).take(1).repeat(200)
    assert set(firsts.as_numpy_iterator()) == {0, 1, 2}


def test_two_passes_over_a_shuffled_dataset_do_not_match():
    """Right answers from one pass and predictions from another one agree by chance only, until
    the dataset is not shuffled or both are taken from one pass."""
    dataset = Dataset.from_tensor_slices([0, 1] * 500).shuffle(1000)
    one, other = (np.array(numbers(dataset)) for _ in range(2))
    assert 0.4 < np.mean(one == other) < 0.6
    frozen = Dataset.from_tensor_slices([0, 1] * 500)
    assert numbers(frozen) == numbers(frozen)
    pairs = [(int(x), int(x)) for x in dataset]
    assert all(answer == prediction for answer, prediction in pairs)


def test_random_ops_begin_anew_in_every_pass_with_a_global_seed():
    """With a global seed, a random op in a map draws the same numbers in every pass. A shuffle
    does not, and without a seed, neither does the op."""

    def drawn():
        dataset = Dataset.range(5).map(lambda _: tf.random.uniform(()))
        return [[float(x) for x in dataset] for _ in range(2)]

    tf.random.set_seed(7)
    first, second = drawn()
    assert first == second
    shuffled = Dataset.range(100).shuffle(100)
    assert numbers(shuffled) != numbers(shuffled)
    tf.random.set_seed(None)
    first, second = drawn()
    assert first != second


def test_batches_do_not_mix_behind_a_batch():
    """A shuffle behind a batch moves whole batches."""
    batches = {tuple(x) for x in Dataset.range(6).batch(2).shuffle(3).as_numpy_iterator()}
    assert batches == {(0, 1), (2, 3), (4, 5)}


def test_file_cache_leaves_two_files(tmp_path):
    """A cache with a file name: a lock file and temporary data during the first pass, an index
    and a data file after it, all with the name in front."""
    dataset = Dataset.range(3).cache(str(tmp_path / "name"))
    iterator = iter(dataset)
    next(iterator)
    assert "name_0.lockfile" in files(tmp_path)
    assert any("tempstate" in file for file in files(tmp_path))
    list(iterator)
    assert files(tmp_path) == ["name.data-00000-of-00001", "name.index"]


def test_cache_file_is_a_checkpoint_bundle(tmp_path):
    """The files are in the format of a checkpoint, so that another reader can look into them."""
    list(Dataset.range(10, 13).cache(str(tmp_path / "name")))
    reader = tf.train.load_checkpoint(str(tmp_path / "name"))
    kept = [reader.get_tensor(key) for key in reader.get_variable_to_shape_map()]
    assert sorted(int(x) for x in kept) == [10, 11, 12]


def test_cache_file_does_not_know_its_source(tmp_path):
    """A new dataset with the same cache file gives the old elements."""
    list(Dataset.range(3).cache(str(tmp_path / "name")))
    assert numbers(Dataset.range(10, 13).cache(str(tmp_path / "name"))) == [0, 1, 2]


def test_snapshot_knows_the_graph_of_its_source(tmp_path):
    """`snapshot` keeps one copy for each graph of stages before it: a changed pipeline gives
    new elements."""
    list(Dataset.range(3).snapshot(str(tmp_path)))
    assert numbers(Dataset.range(10, 13).snapshot(str(tmp_path))) == [10, 11, 12]


def test_cache_takes_a_string(tmp_path):
    """`cache` does not take a Path."""
    with pytest.raises(ValueError, match=r"PosixPath|WindowsPath"):
        Dataset.range(3).cache(tmp_path / "name")


def test_cache_makes_no_folder(tmp_path):
    """`cache` with a file in a folder that does not exist fails in the first pass."""
    with pytest.raises(tf.errors.NotFoundError):
        list(Dataset.range(3).cache(str(tmp_path / "folder" / "name")))


def test_two_iterators_cannot_fill_one_cache(tmp_path):
    """A second iterator that starts while the first one fills the cache file raises, and takes
    the first one's files away when it goes: the first one fails as well."""
    dataset = Dataset.range(3).cache(str(tmp_path / "name"))
    first, second = iter(dataset), iter(dataset)
    next(first)
    with pytest.raises(tf.errors.AlreadyExistsError):
        next(second)
    del second
    assert files(tmp_path) == []
    with pytest.raises(tf.errors.NotFoundError):
        list(first)


def test_lock_file_of_a_killed_job(tmp_path):
    """A pass that finds the lock file of a killed job raises; without that file it works."""
    lock = tmp_path / "name_0.lockfile"
    lock.write_text("left by a killed job")
    dataset = Dataset.range(3).cache(str(tmp_path / "name"))
    with pytest.raises(tf.errors.AlreadyExistsError):
        list(dataset)
    lock.unlink(missing_ok=True)
    assert numbers(dataset) == [0, 1, 2]


def test_pass_that_ends_early_leaves_no_file(tmp_path):
    """In a process that lives on, a first pass that ends early leaves no file."""
    source = Counted()
    dataset = source.dataset.cache(str(tmp_path / "name"))
    list(dataset.take(2))
    assert files(tmp_path) == []
    list(dataset)
    assert source.runs == 2 + 6


def test_cache_called_train_collides_with_train_0(tmp_path):
    """A cache called train is written to files called train_0 first: where a cache train_0 lies,
    the pass raises."""
    list(Dataset.range(3).cache(str(tmp_path / "train_0")))
    with pytest.raises(tf.errors.AlreadyExistsError):
        list(Dataset.range(3).cache(str(tmp_path / "train")))


def test_cache_is_finished_without_what_raised(tmp_path):
    """If an element raises in the first pass and somebody goes on to ask for the next ones, the
    cache is finished without it, and is trusted."""

    def one_fails(x):
        with tf.control_dependencies([tf.debugging.assert_none_equal(x, tf.constant(1, x.dtype))]):
            return tf.identity(x)

    dataset = Dataset.range(3).map(one_fails).cache(str(tmp_path / "name"))
    iterator = iter(dataset)
    assert int(next(iterator)) == 0
    with pytest.raises(tf.errors.InvalidArgumentError):
        next(iterator)
    assert numbers(iterator) == [2]
    assert numbers(dataset) == [0, 2]


def test_gif_gives_its_first_frame(tmp_path):
    """The utility takes the first frame of an animated GIF."""
    codes = {color: bytes([128, *[color] * 4, 129]) for color in (0, 1)}
    frame = b"," + bytes(4) + b"\2\0\2\0\0\7\6%s\0"
    palette = (bytes([50] * 3) + bytes([90] * 3)).ljust(384, b"\0")
    gif = b"GIF89a\2\0\2\0\xf6\0\0" + palette + frame % codes[0] + frame % codes[1] + b";"
    assert tf.io.decode_image(gif).shape == (2, 2, 2, 3)
    (tmp_path / "cat").mkdir()
    (tmp_path / "cat" / "moving.gif").write_bytes(gif)
    ((images, _),) = utility(tmp_path)
    assert np.all(images == 50)


def test_utility_sorts_classes_by_name(tmp_path):
    """The utility sorts the classes by name, not by path: bus comes before bus-stop. A name may
    begin with an underscore."""
    for name in ("bus-stop", "bus", "_lost"):
        image(tmp_path / name / "0.png")
    dataset = utility(tmp_path, shuffle=False)
    assert dataset.class_names == ["_lost", "bus", "bus-stop"]
    assert [int(y) for _, labels in dataset for y in labels] == [0, 1, 2]


def load_solution():
    """The solution of big_data, from its file."""
    spec = importlib.util.spec_from_file_location("big", ROOT / "solutions/q04/big_data.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def job(folder: Path) -> list[int]:
    """The labels of an epoch of the solution's dataset, sorted."""

    def decode(path):
        raw = tf.io.decode_raw(tf.io.read_file(path), tf.float32)
        return tf.ensure_shape(raw, (4,)), tf.cast(raw[0], tf.int64)

    paths = [str(folder / f"{i}.raw") for i in range(6)]
    dataset = load_solution().train_dataset(
        paths, decode, lambda x, y: (x, y), 4, 6, folder / "caches", "train"
    )
    return sorted(int(label) for _, labels in dataset for label in labels)


@pytest.mark.timeout(180)
def test_another_process_reads_the_cache_file(tmp_path):
    """What one process has decoded, another one reads from the cache files; the images that
    they were made from are gone."""
    for i in range(6):
        (tmp_path / f"{i}.raw").write_bytes(np.full(4, i, np.float32).tobytes())
    assert job(tmp_path) == list(range(6))
    for file in tmp_path.glob("*.raw"):
        file.unlink()
    assert run(job, tmp_path, called="job", limit=120) == list(range(6))
