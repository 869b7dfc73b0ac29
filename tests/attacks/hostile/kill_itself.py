"""Kills its own process."""

import os
import signal


def make_counter():
    os.kill(os.getpid(), signal.SIGKILL)
