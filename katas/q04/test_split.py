"""The same fleet is split today, next year, in another process and on another machine."""

import itertools
import random

import pytest
import tensorflow as tf

from dojo import expect
from katas.q04.split import split
from lab import another_process


def fleet(drives=60, frames=3, root="/mnt/fleet/"):
    """The paths of some drives: /mnt/fleet/drive_7/2.png, /mnt/fleet/ie-tour/0.png."""
    return [f"{root}{name(drive)}/{i}.png" for drive in range(drives) for i in range(frames)]


def name(drive):
    """Of three drives, two have numbers, and one has letters."""
    letters = str(drive).translate(str.maketrans("0123456789", "abcdefghij"))
    return f"drive_{drive}" if drive % 3 else f"{letters}-tour"


def both_sides(paths, share=0.3, called=None):
    """The two datasets of the learner."""
    called = called or f"split({len(paths)} paths, {share})"
    with expect.works(called):
        result = split(list(paths), share)
    ok = isinstance(result, (tuple, list)) and len(result) == 2
    kinds = ", ".join(type(side).__name__ for side in result) if ok else type(result).__name__
    ok = ok and all(isinstance(side, tf.data.Dataset) for side in result)
    idea = "`split` gives a pair of datasets."
    expect.that(ok, called=called, expected="two tf.data.Datasets", seen=kinds, idea=idea)
    specs = [str(side.element_spec) for side in result]
    called = f"element_spec of both sides of {called}"
    idea = "An element is one path, a scalar string."
    expect.same(specs, [str(tf.TensorSpec((), tf.string))] * 2, called=called, idea=idea)
    return result


def epoch(side):
    """The paths of one pass over a dataset."""
    with expect.works("a pass over a side of the split"):
        batches = side.batch(1000).take(10).as_numpy_iterator()
        return [path.decode() for batch in batches for path in batch.tolist()]


def held_out(paths, share=0.3, called=None):
    """The frames that are for validation, as "drive_7/2.png"."""
    _, validation = both_sides(paths, share, called)
    return {short(path) for path in epoch(validation)}


def short(path):
    return "/".join(path.split("/")[-2:])


def some(paths):
    """A few of many, for a message."""
    listed = sorted(paths)
    return ", ".join(listed[:3]) + (f", and {len(listed) - 3} more" if len(listed) > 3 else "")


def none_moved(before, now, called):
    moved = before ^ now
    expect.that(
        not moved,
        called=called,
        expected="every frame on the side where it was",
        seen=f"on the other side: {some(moved)}",
    )


def test_every_path_is_on_one_side_in_every_epoch():
    """Every path is on exactly one side, in every epoch.

    The model knows an image that it was trained on in one epoch. It validates nothing any more.
    """
    paths = fleet(drives=1000, frames=1)
    training, validation = both_sides(paths)
    trained, validated, counts = set(), set(), []
    for _ in range(3):
        now = epoch(training), epoch(validation)
        counts.append(len(now[0]) + len(now[1]))
        trained.update(now[0])
        validated.update(now[1])
    called = "split(1000 paths, 0.3), three epochs of both sides"
    expect.that(
        not trained & validated,
        called=called,
        expected="no path on both sides",
        seen=f"on both: {some(map(short, trained & validated))}",
    )
    lost = set(paths) - trained - validated
    expect.that(
        not lost,
        called=called,
        expected="every path",
        seen=f"on neither side: {some(map(short, lost))}",
    )
    expect.same(counts, [1000] * 3, called=f"number of paths in {called}")


def test_drives_stay_together():
    """All frames of a drive are on the same side.

    Two frames that were taken a blink apart are nearly one image. A model that was trained on one
    of them is not tested by the other.
    """
    training, validation = both_sides(fleet(frames=5))
    drives = [{path.split("/")[-2] for path in epoch(side)} for side in (training, validation)]
    torn = drives[0] & drives[1]
    expect.that(
        not torn,
        called="split of 60 drives with 5 frames each",
        expected="every drive on one side",
        seen=f"on both: {some(torn)}",
    )


def test_new_drives_move_nobody():
    """New drives and new frames move no old frame to the other side.

    The fleet drives on while you work. An image that was trained on last week must not be a
    validation image this week: the model may still know it.
    """
    old = fleet(drives=300)[1::3]  # frame 1 of each drive; later come 0 and 2
    before = held_out(old)
    new = set(fleet(drives=900)) - set(old)
    now = held_out(old + sorted(new)) & {short(path) for path in old}
    none_moved(before, now, "split of 300 drives, before and after 600 more have come")


def test_share_is_close():
    """Over many drives, validation has about the share asked for.

    Per drive it is a draw, over thousands of drives it is a share.
    """
    paths = fleet(drives=3000, frames=1)
    for share in (0.05, 0.7):
        seen = len(held_out(paths, share)) / len(paths)
        expect.that(
            abs(seen - share) < 0.04,
            called=f"validation share of split(3000 drives, {share})",
            expected=f"{share}, give or take 0.04",
            seen=f"{seen:.3f}",
        )


def test_another_process_splits_alike(monkeypatch):
    """Another process splits in the same way.

    All that Python, NumPy or TensorFlow draw when a process starts is another number tomorrow.
    What a module remembers ends with its process.
    """
    paths = fleet()
    before = held_out(paths)
    again = another_process.started("katas.q04.split", monkeypatch)
    monkeypatch.setitem(globals(), "split", again.split)
    now = held_out(paths)
    expect.that(
        now == before,
        called="split of the same paths, in this process and in another one",
        expected="every frame on the side where it was",
        seen="some on the other side",
    )


def test_another_machine_splits_alike():
    """Another machine splits in the same way: other folders above, another order.

    Another machine mounts its disks elsewhere, and lists its folders in another order.
    """
    before = held_out(fleet())
    elsewhere = [*fleet(root="/media/drive_1/")[:90], *fleet(root="/media/disk/2026/")[90:]]
    random.Random(3).shuffle(elsewhere)
    called = "split of the same frames in another order, as /media/drive_1/drive_7/1.png and others"
    none_moved(before, held_out(elsewhere, called=called), called)


@pytest.mark.beyond
def test_relative_paths_are_split_alike():
    """Relative paths, such as `drive_7/1.png`, are split in the same way.

    They begin with the drive, and no slash comes before it.
    """
    called = "split of the same frames, as drive_7/1.png"
    none_moved(held_out(fleet()), held_out(fleet(root=""), called=called), called)


def test_training_is_in_a_new_order():
    """Training is in a new order in every epoch, drawn from all its paths.

    An epoch begins with what is in the shuffle buffer.
    """
    paths = fleet(frames=400)
    called = f"the first 100 paths of training, of split({len(paths)} paths, 0.3)"
    first, _ = two_beginnings(paths)
    expect.that(
        bool(set(first) & set(paths[-len(paths) // 3 :])),
        called=called,
        expected="paths from all over the list",
        seen="none from the last third of the list",
    )
    near = sum(one.split("/")[-2] == two.split("/")[-2] for one, two in itertools.pairwise(first))
    expect.that(
        near < 50,
        called=f"{called}: how many come right after another one of their drive",
        expected="hardly any",
        seen="most of them",
        idea="Frames of one drive look alike. A batch of them is a batch of one image.",
    )
    tf.random.set_seed(None)  # as in a program that sets no seed
    first, second = two_beginnings(paths)
    expect.that(
        len(set(first) & set(second)) < 30,
        called=f"{called}, in two epochs",
        expected="hardly any in both",
        seen="many in both",
        idea="An order that is drawn once, when the dataset is built, stays for all epochs.",
    )


def two_beginnings(paths):
    """The first hundred paths of training in two epochs."""
    training, _ = both_sides(paths)
    return [epoch(training.take(100)) for _ in range(2)]


@pytest.mark.beyond
def test_training_is_in_a_new_order_with_a_global_seed():
    """Training is in a new order in every epoch, also with a global seed.

    Every pass over a dataset starts its random ops anew. With a global seed, they draw the same
    numbers in each pass. A shuffle draws a seed of its own for each.
    """
    tf.random.set_seed(7)
    training, _ = both_sides(fleet())
    orders = [epoch(training) for _ in range(3)]
    expect.that(
        not orders[0] == orders[1] == orders[2],
        called="three epochs of training, after tf.random.set_seed(7)",
        expected="a new order in every epoch",
        seen="the same order in all three",
    )


def test_validation_is_in_one_order():
    """Validation is in the same order in every epoch.

    An average over all images is the same in any order. With one order, predictions and labels of
    two passes still belong together.
    """
    _, validation = both_sides(fleet())
    orders = [epoch(validation) for _ in range(3)]
    expect.that(
        orders[0] == orders[1] == orders[2],
        called="three epochs of validation",
        expected="the same order in every epoch",
        seen="other orders",
    )
