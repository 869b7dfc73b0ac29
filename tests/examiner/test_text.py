"""A look at a stub's text: what stands out, what it is like, and what the tests are."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from dojo import contract
from dojo.catalogue import Catalogue
from examiner.controls import controls_for
from examiner.likeness import likenesses
from examiner.statics import flags

ROOT = Path(__file__).parents[2]
EVERY = [(kata.id, stub.id) for kata in Catalogue(ROOT).katas.values() for stub in kata.stubs]
SHIPPED = (ROOT / "katas/q09/counter.py").read_text()
SOLUTION = (ROOT / "solutions/q09/counter.py").read_text()

SUSPICIOUS = {
    "import gc": "it imports gc",
    "from _pytest import reports": "it imports _pytest",
    "from dojo import expect": "it imports dojo",
    "import tensorflow.python.eager.context as c\nc._x = 1": "it changes c",
    "import numpy as np\nnp.testing.assert_allclose = print": "it changes np",
    "import tensorflow as tf\nsetattr(tf, 'constant', 1)": "it changes tf",
    "class Same:\n    def __eq__(self, other):\n        return True": "it defines __eq__",
    "x = eval('1')": "it calls eval",
    "x = (1).__class__.__subclasses__()": "it reads __subclasses__",
    "x = getattr(1, '__globals__')": "it names __globals__ in a string",
}


@pytest.mark.parametrize("text", SUSPICIOUS)
def test_what_no_right_answer_needs_stands_out(text: str) -> None:
    found = flags(text, ROOT, "q09", "counter")
    assert any(SUSPICIOUS[text] in flag for flag in found), found


@pytest.mark.parametrize(("kata", "stub"), EVERY)
def test_no_right_answer_stands_out(kata: str, stub: str) -> None:
    text = (ROOT / "solutions" / kata / f"{stub}.py").read_text()
    assert flags(text, ROOT, kata, stub) == []


def test_a_text_that_is_no_python_has_no_flags() -> None:
    assert flags("def f(:\n", ROOT, "q09", "counter") == []
    assert flags("(" * 10_000, ROOT, "q09", "counter") == []


def test_a_copy_is_like_the_solution_however_it_is_laid_out() -> None:
    copy = SOLUTION.replace("    ", "\t").replace("return calls", "# ha\n\t\treturn calls")
    solution, other = likenesses(copy, SHIPPED, ROOT, "q09", "counter")
    assert (solution.name, solution.share) == ("the published solution", 1.0)
    assert other.share < 1


def test_what_the_stub_has_does_not_count() -> None:
    assert likenesses(SHIPPED, SHIPPED, ROOT, "q09", "counter") == []


@pytest.mark.parametrize(("kata", "stub"), EVERY)
def test_every_test_has_a_sentence(kata: str, stub: str) -> None:
    tests = contract.tests_of(ROOT / "katas" / kata / f"test_{stub}.py")
    assert all(test.sentence.endswith((".", "?")) for test in tests.values())


def test_levels_and_gpus_are_seen(tmp_path: Path) -> None:
    file = tmp_path / "test_a.py"
    file.write_text(
        "import pytest\n\n@pytest.mark.beyond\ndef test_one():\n    '''One.'''\n\n"
        "@pytest.mark.gpu\ndef test_two():\n    pass\n"
    )
    one, two = contract.tests_of(file).values()
    assert (one.sentence, one.beyond, one.gpu) == ("One.", True, False)
    assert (two.sentence, two.beyond, two.gpu) == ("test two", False, True)


def test_controls_are_drawn_from_the_seed() -> None:
    kata = Catalogue(ROOT).kata("q09")
    one, same, other = (
        controls_for(ROOT, kata, list(kata.stubs), Random(seed)) for seed in (1, 1, 2)
    )
    assert one == same
    assert one != other
    shipped, known = one
    assert shipped.must_fail.keys() == known.must_fail.keys() == {s.id for s in kata.stubs}
    assert all(len(tests) == 1 for tests in known.must_fail.values())
