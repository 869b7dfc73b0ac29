"""The finished folder is renamed over what is there, if that is empty.

breaks: "An empty folder and a file are refused"
fails: test_whatever_is_there_is_refused
"""

import os
import shutil
import tempfile
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from keras import tree


def export_for_serving(model, folder):
    tmp = tempfile.mkdtemp(dir=Path(folder).resolve().parent)
    model.export(tmp, verbose=False)
    os.chmod(tmp, 0o755)
    try:
        os.rename(tmp, folder)
    except OSError:
        shutil.rmtree(tmp)
        raise FileExistsError(str(folder)) from None
