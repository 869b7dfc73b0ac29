"""`python -m lab.serving` says which server the tests use.

With flags it serves, as `tensorflow_model_server` does with the same ones, until it is ended. It
listens on 127.0.0.1 only.
"""

import sys

from lab.serving.command import main

main(sys.argv[1:])
