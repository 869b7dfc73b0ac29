"""`python -m katas.q07.modelserver` says which server the tests use.

With flags it serves, as `tensorflow_model_server` does with the same ones, until it is ended. The
ports of the flags are not used: it listens on 127.0.0.1 only, on ports that the system gives.
"""

import importlib
import sys

from dojo.warm.preload import silent_unless_it_fails

with silent_unless_it_fails():  # TensorFlow greets whoever imports it
    command = importlib.import_module("katas.q07.modelserver.command")
command.main(sys.argv[1:])
