"""A whole round in each mode, on one machine and on two: what both have typed is kept."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dojo.pairing.branch import Branch
from dojo.pairing.remote import Remote
from dojo.pairing.table import Table
from dojo.report.hints import file_of
from tests.dojo.pairing.machines import BRANCH, COMMAND, RIGHT, SHIPPED, STUB, WITH, Machine
from tests.toy import HALF_DONE

pytestmark = pytest.mark.timeout(120)


def test_a_round_on_one_machine(ada: Machine) -> None:
    said = ada.dojo("start", "q01", *WITH)
    assert "Ada and Grace at q01: driver and navigator, 7 minutes a turn." in said
    assert "Ada drives, Grace navigates." in said
    assert f"Turns are committed on {BRANCH}, on this machine; main stays as it is." in said
    ada.write(HALF_DONE)
    assert "Grace drives, Ada navigates." in ada.dojo("next")
    assert ada.tip() == HALF_DONE
    ada.write(RIGHT)
    assert "Ada drives, Grace navigates." in ada.dojo("next")
    assert ada.git("log", "--format=%s", "main") == "A kata"
    said = ada.dojo("done")
    assert "One commit of both on main" in said
    assert ada.git("show", f"main:{STUB}") + "\n" == RIGHT
    assert ada.git("status", "--porcelain") == ""
    assert ada.git("branch", "--format=%(refname:short)") == "main"
    assert ada.git("log", "-1", "--format=%B").splitlines() == [
        "q01: Doubling, by Ada and Grace",
        "",
        "Co-authored-by: Ada <ada@example.org>",
        "Co-authored-by: Grace <grace@users.noreply.invalid>",
    ]
    assert "They changed places 2 times." in ada.summary


def test_an_address_that_the_other_machine_knows(ada: Machine, grace: Machine) -> None:
    ada.dojo("start", "q01", *WITH)
    grace.git("config", "user.name", "Grace")
    grace.git("config", "user.email", "grace@example.org")
    assert "knows no address" not in grace.dojo("start", "q01")
    grace.write(HALF_DONE)
    grace.dojo("next")
    ada.dojo("next")
    ada.dojo("done")
    for machine, commit in (grace, BRANCH), (ada, "main"):
        said = machine.git("log", "-1", "--format=%B", commit)
        assert "Co-authored-by: Grace <grace@example.org>" in said


def test_a_made_up_address_is_told(ada: Machine) -> None:
    said = ada.dojo("start", "q01", *WITH)
    assert "git knows no address of Grace: the commits say grace@users.noreply.invalid." in said
    assert "no address of Ada" not in said


def test_a_round_on_two_machines(ada: Machine, grace: Machine, hub: Path) -> None:
    said = ada.dojo("start", "q01", *WITH, "--minutes", "2.5")
    assert "by way of origin" in said
    joined = grace.dojo("start", "q01")
    assert "Ada and Grace at q01: driver and navigator, 2.5 minutes a turn." in joined
    ada.write(HALF_DONE)
    ada.dojo("next")
    assert "Grace drives, Ada navigates." in grace.dojo("start")
    assert grace.stub.read_text() == HALF_DONE
    grace.write(RIGHT)
    grace.dojo("next")
    ada.dojo("start")
    assert ada.stub.read_text() == RIGHT
    assert ada.session.driver == "Ada"
    said = ada.dojo("done")
    assert "; `git push` shares it." in said
    assert "`dojo pair done` takes the same commit" in said
    assert "The other machine is done" in grace.dojo("start")
    assert grace.dojo("next").strip() == "The other machine is done: `dojo pair done` ends it here."
    assert grace.session.driver == "Ada"
    grace.dojo("done")
    assert grace.git("rev-parse", "main") == ada.git("rev-parse", "main")
    assert grace.git("status", "--porcelain") == ""
    assert BRANCH not in grace.git("ls-remote", "origin")


def test_others_begin_with_the_first_hint(ada: Machine) -> None:
    """What the last candidate has seen is forgotten; a session that goes on keeps what was seen."""
    seen = file_of(ada.root, "q01", "double")
    seen.parent.mkdir(parents=True)
    seen.write_text("[0]")
    ada.dojo("start", "q01", *WITH)
    assert not seen.exists()
    seen.write_text("[0]")
    ada.dojo("start")
    assert seen.exists()


def test_what_is_open_is_told(ada: Machine) -> None:
    ada.dojo("start", "q01", *WITH)
    assert "The mode and the minutes stay" not in ada.dojo("start", "q01", "--minutes", "7")
    assert "The mode and the minutes stay" in ada.dojo("start", "--mode", "pingpong")
    open_ = "Still open: Ada and Grace at q01: driver and navigator, 7 minutes a turn."
    assert open_ in ada.dojo("start", "q01", "--with", "Bo", "Cy")
    assert open_ in ada.dojo("done")
    assert "Still open" not in ada.dojo("done")


def test_what_was_handed_over_is_never_deleted(ada: Machine, grace: Machine, hub: Path) -> None:
    """Grace throws away what is in her files, and ends it."""
    ada.dojo("start", "q01", *WITH)
    grace.dojo("start", "q01")
    ada.write(RIGHT)
    ada.dojo("next")
    grace.dojo("start")
    grace.git("checkout", "--", "katas")
    assert f"is in none of your files any more: it is on {BRANCH}." in grace.dojo("done")
    assert "Nothing was changed: main stays as it is." in ada.dojo("done")
    for machine in (ada, grace):
        texts = machine.git("log", "-p", "--format=", BRANCH, "--not", "main")
        assert "+    return 2 * x" in texts
    assert BRANCH in ada.git("ls-remote", "origin")


def test_an_interview_on_two_machines(ada: Machine, grace: Machine, hub: Path) -> None:
    """Ada answers on hers; Grace keeps her notes to herself."""
    ada.dojo("start", "q01", *WITH, "--mode", "interview")
    assert "interview, 45 minutes" in grace.dojo("start", "q01")
    ada.write(HALF_DONE)
    began = ada.session.began
    assert "Ada answers, Grace asks." in ada.dojo("next")
    assert ada.session.began == began, "the clock runs once"
    grace.dojo("start")
    assert grace.stub.read_text() == HALF_DONE
    grace.dojo("note", "Tests", "negative numbers only when asked")
    ada.write(RIGHT)
    ada.dojo("done")
    grace.dojo("done")
    assert "negative numbers" in grace.summary
    assert "negative numbers" not in ada.summary
    assert "negative numbers" not in ada.git("log", "--all", "-p")
    assert grace.git("rev-parse", "main") == ada.git("rev-parse", "main")


def test_ping_pong_is_agreed_on_for_both(ada: Machine, grace: Machine) -> None:
    ada.dojo("start", "q01", *WITH, "--mode", "pingpong", "--minutes", "1.5")
    assert "ping-pong, 1.5 minutes a turn" in grace.dojo("start", "q01")
    grace.write(RIGHT)
    grace.dojo("next")
    assert "Ada picks the next failing test with c, Grace makes it pass." in ada.dojo("start")
    ada.dojo("done")
    assert grace.stub.read_text() == ada.stub.read_text()


def test_keep_leaves_the_branch(ada: Machine) -> None:
    ada.dojo("start", "q01", *WITH)
    ada.write(RIGHT)
    assert f"The work is on {BRANCH}." in ada.dojo("done", "--keep")
    assert ada.tip() == RIGHT
    assert ada.git("log", "--format=%s", "main") == "A kata"
    assert f"committed on {BRANCH}-2" in ada.dojo("start", "q01", *WITH)


def test_local_shares_nothing(ada: Machine, hub: Path) -> None:
    assert "on this machine" in ada.dojo("start", "q01", *WITH, "--local")
    ada.dojo("next")
    ada.dojo("done")
    assert "pair/" not in ada.git("ls-remote", "origin")


def test_both_forget_to_fetch_and_both_texts_are_merged(ada: Machine, grace: Machine) -> None:
    ada.dojo("start", "q01", *WITH)
    grace.dojo("start", "q01")
    ada.write("# Ada\n" + SHIPPED)
    grace.write(SHIPPED + "# Grace\n")
    ada.dojo("next")
    grace.dojo("next")
    assert grace.stub.read_text() == "# Ada\n" + SHIPPED + "# Grace\n" == grace.tip()
    ada.write("# Ada again\n" + ada.stub.read_text())
    ada.dojo("next")
    assert ada.stub.read_text() == "# Ada again\n# Ada\n" + SHIPPED + "# Grace\n"


def test_the_turn_survives_a_merge(ada: Machine, grace: Machine) -> None:
    """The other one has handed over, and this one has typed, and only fetches."""
    ada.dojo("start", "q01", *WITH, "--mode", "pingpong")
    grace.dojo("start", "q01")
    ada.write("# Ada\n" + SHIPPED)
    ada.dojo("next")
    grace.write(SHIPPED + "# Grace\n")
    assert grace.session.driver == "Ada"
    grace.dojo("start")
    assert grace.session.driver == "Grace"
    ada.dojo("start")
    assert ada.session.driver == "Grace"


def test_joined_in_the_second_turn(ada: Machine, grace: Machine) -> None:
    ada.dojo("start", "q01", *WITH)
    ada.dojo("next")
    assert "Grace drives, Ada navigates." in grace.dojo("start", "q01")
    ada.dojo("start")
    assert ada.session.driver == "Grace"


def test_own_changes_are_merged_when_one_joins(ada: Machine, grace: Machine) -> None:
    ada.write("# Ada\n" + SHIPPED)
    ada.dojo("start", "q01", *WITH)
    grace.write(SHIPPED + "# Grace\n")
    assert "Your changes in double.py are merged in." in grace.dojo("start", "q01")
    assert grace.stub.read_text() == "# Ada\n" + SHIPPED + "# Grace\n"
    ada.write("# Ada's\n")
    ada.dojo("next", status=1)
    ada.write("# Ada's\n")
    ada.dojo("next")
    grace.dojo("start")
    assert grace.stub.read_text() == "# Ada's\n"


def test_a_link_is_left_alone(ada: Machine) -> None:
    (ada.root / "katas/q01/linked.py").symlink_to("/etc/hostname")
    ada.dojo("start", "q01", *WITH)
    assert ada.git("diff", "--name-only", "main", BRANCH) == ""


def test_a_conflict_keeps_both_texts(ada: Machine, grace: Machine) -> None:
    ada.dojo("start", "q01", *WITH)
    grace.dojo("start", "q01")
    ada.write("# Ada's\n")
    grace.write("# Grace's\n")
    ada.dojo("next")
    said = grace.dojo("next", status=1)
    assert "You both changed the same lines of double.py" in said
    assert grace.tip() == "# Grace's\n"
    theirs = said.partition("the other's ")[2][:8]
    assert grace.git("show", f"{theirs}:{STUB}") == "# Ada's"
    both = grace.stub.read_text()
    assert "# Grace's\n=======\n# Ada's\n" in both
    assert "two texts stand in it" in grace.dojo("next", status=1)
    assert "two texts stand in it" in grace.dojo("done", status=1)
    assert grace.stub.read_text() == both
    grace.write("# Ada's\n# Grace's\n")
    grace.dojo("next")
    ada.dojo("start")
    assert ada.stub.read_text() == "# Ada's\n# Grace's\n"


def test_a_conflict_keeps_the_turn(ada: Machine, grace: Machine) -> None:
    """Ada hands over; Grace has typed as well, and only fetches."""
    ada.dojo("start", "q01", *WITH)
    grace.dojo("start", "q01")
    ada.write("# Ada's\n")
    grace.write("# Grace's\n")
    ada.dojo("next")
    grace.dojo("start", status=1)
    grace.write("# Ada's\n# Grace's\n")
    assert "Grace drives, Ada navigates." in grace.dojo("start")
    ada.dojo("start")
    assert ada.session.driver == "Grace"


def test_both_machines_have_one_clock(ada: Machine, grace: Machine) -> None:
    ada.dojo("start", "q01", *WITH)
    time.sleep(1.1)
    grace.dojo("start", "q01")
    assert grace.session.began == pytest.approx(ada.session.began, abs=0.01)
    ada.dojo("next")
    time.sleep(1.1)
    grace.dojo("start")
    assert grace.session.driver == "Grace"
    assert grace.session.began == pytest.approx(ada.session.began, abs=0.01)


def test_the_other_machine_wakes_up_in_mid_turn(ada: Machine, grace: Machine) -> None:
    ada.dojo("start", "q01", *WITH)
    grace.dojo("start", "q01")
    ada.write("# typed before the sleep\n" + SHIPPED)
    for line in ("# one\n", "# two\n"):
        grace.write(grace.stub.read_text() + line)
        grace.dojo("next")
    ada.dojo("next")
    assert ada.tip() == "# typed before the sleep\n" + SHIPPED + "# one\n# two\n"


def test_what_is_typed_after_the_end_is_a_commit_of_its_own(ada: Machine, grace: Machine) -> None:
    ada.dojo("start", "q01", *WITH)
    grace.dojo("start", "q01")
    ada.write("# Ada\n" + SHIPPED)
    ada.dojo("done")
    grace.write(SHIPPED + "# too late\n")
    assert "The other machine is done" in grace.dojo("next")
    assert "and one with what was typed here after it" in grace.dojo("done")
    assert grace.stub.read_text() == "# Ada\n" + SHIPPED + "# too late\n"
    assert grace.git("rev-parse", "main^") == ada.git("rev-parse", "main")
    assert grace.git("status", "--porcelain") == ""


def test_both_begin_while_the_remote_is_away(ada: Machine, grace: Machine, hub: Path) -> None:
    hub.rename(hub.with_name("away"))
    for machine, text in ((ada, "# Ada\n" + SHIPPED), (grace, SHIPPED + "# Grace\n")):
        assert "origin cannot be reached" in machine.dojo("start", "q01", *WITH)
        machine.write(text)
        assert "The work is committed here" in machine.dojo("next")
        assert machine.tip() == text
    hub.with_name("away").rename(hub)
    ada.dojo("next")
    grace.dojo("next")
    assert grace.tip() == "# Ada\n" + SHIPPED + "# Grace\n"


def test_helper_modules_go_along_and_nothing_else(ada: Machine, grace: Machine) -> None:
    ada.dojo("start", "q01", *WITH)
    grace.dojo("start", "q01")
    (ada.root / "katas/q01/mine.py").write_text("HELP = 1\n")
    (ada.root / "katas/q01/test_mine.py").write_text("")
    (ada.root / "katas/q01/notes.txt").write_text("")
    with (ada.root / "katas/q01/kata.toml").open("a") as file:
        file.write("# mine\n")
    ada.dojo("next")
    grace.dojo("start")
    assert (grace.root / "katas/q01/mine.py").read_text() == "HELP = 1\n"
    assert ada.git("diff", "--name-only", "main", BRANCH) == "katas/q01/mine.py"
    (grace.root / "katas/q01/mine.py").unlink()
    grace.dojo("next")
    ada.dojo("start")
    assert not (ada.root / "katas/q01/mine.py").exists()


def test_a_save_at_the_moment_of_the_merge_is_kept(
    ada: Machine, grace: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada.dojo("start", "q01", *WITH)
    grace.dojo("start", "q01")
    ada.write("# Ada\n" + SHIPPED)
    ada.dojo("next")
    heard = Remote.fetch

    def fetch(remote: Remote, branch: str) -> str | None:
        if "# Grace" not in grace.stub.read_text():
            grace.write(SHIPPED + "# Grace\n")
        return heard(remote, branch)

    monkeypatch.setattr(Remote, "fetch", fetch)
    grace.dojo("next")
    assert grace.stub.read_text() == "# Ada\n" + SHIPPED + "# Grace\n" == grace.tip()


def test_killed_between_the_files_and_the_branch(
    ada: Machine, grace: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada.dojo("start", "q01", *WITH)
    grace.dojo("start", "q01")
    ada.write("# Ada\n" + SHIPPED)
    ada.dojo("next")
    grace.write(SHIPPED + "# Grace\n")
    move = Branch.move

    def until_the_merge(branch: Branch, to: str, from_: str | None) -> None:
        if grace.stub.read_text().startswith("# Ada"):
            raise RuntimeError("killed")
        move(branch, to, from_)

    with monkeypatch.context() as patch:
        patch.setattr(Branch, "move", until_the_merge)
        grace.dojo("next", status=1)
    assert grace.tip() == SHIPPED + "# Grace\n"
    grace.dojo("next")
    assert grace.tip() == "# Ada\n" + SHIPPED + "# Grace\n" == grace.stub.read_text()


def test_both_hand_over_at_the_same_time(ada: Machine, grace: Machine) -> None:
    ada.dojo("start", "q01", *WITH)
    grace.dojo("start", "q01")
    ada.write("# Ada\n" + SHIPPED)
    grace.write(SHIPPED + "# Grace\n")
    command = [sys.executable, "-c", COMMAND, "pair", "next"]
    at_once = [
        subprocess.Popen(command, cwd=each.root, env={**os.environ, **each.env})
        for each in (ada, grace)
    ]
    assert [each.wait(60) for each in at_once] == [0, 0]
    ada.dojo("start")
    grace.dojo("start")
    assert ada.tip() == grace.tip() == "# Ada\n" + SHIPPED + "# Grace\n"


def test_a_last_commit_with_more_than_the_kata_is_not_taken(ada: Machine, grace: Machine) -> None:
    ada.dojo("start", "q01", *WITH)
    grace.dojo("start", "q01")
    (ada.root / "conftest.py").write_text("# smuggled\n")
    head = ada.git("rev-parse", "HEAD")
    ada.git("add", "conftest.py")
    tree = ada.git("write-tree")
    made = ada.git("commit-tree", tree, "-p", head, "-m", "q01: by both")
    tip = ada.git("rev-parse", BRANCH)
    done = ("-m", "q01: done", "-m", "Pair-Done: yes")
    last = ada.git("commit-tree", f"{tip}^{{tree}}", "-p", tip, "-p", made, *done)
    ada.git("push", "--quiet", "origin", f"+{last}:refs/heads/{BRANCH}")
    grace.write(RIGHT)
    grace.dojo("done")
    assert grace.git("show", "--format=", "--name-only", "main") == STUB


def test_another_machine_cannot_steer_the_terminal(ada: Machine, grace: Machine) -> None:
    ada.dojo("start", "q01", *WITH, "--mode", "pingpong")
    table = Table(ada.root, ada.session)
    table.adopt(
        {"Pair-Driver": "Eve\x1b[2J", "Pair-Test": "q01/x::y", "Pair-Sentence": "\x1b[2JNo"}
    )
    assert ada.session.driver == "Ada"
    assert ada.session.sentence == "[2JNo"
