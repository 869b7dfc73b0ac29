"""Leaves a process behind, in a session of its own, that does not end."""

import os
import sys

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        code = "import signal,time; signal.signal(15, 1); time.sleep(600)"
        os.execv(sys.executable, [sys.executable, "-c", code, "@MARKER@"])
    os._exit(0)


def make_counter():
    return lambda x: 0
