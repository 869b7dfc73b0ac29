"""Never comes back from a call, whatever is raised in it, and ignores signals."""

import signal
import time


def make_counter():
    for number in (signal.SIGALRM, signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    while True:
        try:
            time.sleep(1)
        except BaseException:
            continue
