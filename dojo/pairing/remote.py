"""The repository through which two machines share a branch."""

from __future__ import annotations

from dataclasses import dataclass

from dojo.pairing.git import Git, GitError, PairError, reason_in


class RemoteError(PairError):
    """It cannot be reached, or it refuses; the text says which."""


@dataclass(frozen=True)
class Remote:
    git: Git
    name: str

    @staticmethod
    def of(git: Git) -> Remote | None:
        """That of the branch they are on; else origin; else the only one."""
        names = git.text("remote").split("\n")
        _, own, _ = git.run("config", f"branch.{git.branch() or ''}.remote")
        wanted = [own.decode().strip(), "origin", *(names if len(names) == 1 else [])]
        return next((Remote(git, name) for name in wanted if name and name in names), None)

    def heads(self, pattern: str) -> dict[str, str]:
        """The branches there, and their commits."""
        status, printed, said = self.run("ls-remote", "--heads", self.name, f"refs/heads/{pattern}")
        if status:
            raise RemoteError(f"{self.name} cannot be reached ({reason_in(said)})")
        lines = (line.split("\t") for line in printed.decode().splitlines())
        return {ref.removeprefix("refs/heads/"): commit for commit, ref in lines}

    def fetch(self, branch: str) -> str | None:
        """The commit of a branch, with all that belongs to it; None if it is not there."""
        if branch not in self.heads(branch):
            return None
        seen = f"refs/remotes/{self.name}/{branch}"
        status, _, said = self.run(
            "fetch", "--no-tags", "--quiet", self.name, f"+refs/heads/{branch}:{seen}"
        )
        if status:
            raise RemoteError(f"{self.name} cannot be reached ({reason_in(said)})")
        return self.git.commit_of(seen)

    def push(self, branch: str, commit: str, seen: str | None) -> bool:
        """False if the branch there has moved on since it was seen."""
        target = f"{commit}:refs/heads/{branch}"
        status, printed, said = self.run("push", "--porcelain", "--no-verify", self.name, target)
        if status and self.heads(branch).get(branch) == seen:
            raise RemoteError(f"{self.name} refuses {branch} ({refusal(printed.decode(), said)})")
        return status == 0

    def remove(self, branch: str, seen: str) -> None:
        """Unless the branch has moved on since it was seen."""
        lease = f"--force-with-lease=refs/heads/{branch}:{seen}"
        status, printed, said = self.run(
            "push", "--porcelain", "--no-verify", lease, self.name, f":refs/heads/{branch}"
        )
        if status:
            raise RemoteError(f"{self.name} keeps {branch} ({refusal(printed.decode(), said)})")

    def run(self, *args: str) -> tuple[int, bytes, str]:
        try:
            return self.git.run(*args)
        except GitError as error:
            raise RemoteError(f"{self.name} cannot be reached ({error.reason})") from None


def refusal(printed: str, said: str) -> str:
    """Why a push was refused: git says it on one stream, for the ref, or on the other."""
    refs = (line.split("\t") for line in printed.splitlines() if line.startswith("!"))
    return next((parts[-1] for parts in refs), "") or reason_in(said)
