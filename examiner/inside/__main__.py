"""The keeper: imports TensorFlow once, and forks a lane for each of its sockets.

Started by examiner/jail.py as `python -m examiner.inside SOCKET ...`, with the sockets' numbers.
"""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

from dojo.catalogue import Catalogue
from dojo.runner.spawn import Forks
from dojo.warm.wire import tell
from examiner.inside.lane import Lane, conceal, run


def main() -> None:
    conceal()
    sockets = [socket.socket(fileno=int(number)) for number in sys.argv[1:]]
    way = Forks(lambda job, channel: run(job, channel, sockets))
    Catalogue(Path.cwd()).katas  # noqa: B018 (parsed once, for all children)
    for channel in sockets:
        tell(channel, {"event": "ready"})
        if os.fork() == 0:
            try:
                Lane(channel, way, sockets).serve()
            finally:
                os._exit(0)
    for channel in sockets:
        channel.close()
    for _ in sockets:
        os.wait()


if __name__ == "__main__":
    main()
