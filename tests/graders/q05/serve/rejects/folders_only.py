"""A file at that path is not noticed.

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
    if Path(folder).is_dir():
        raise FileExistsError(f"{folder} exists")
    model.export(str(folder), verbose=False)
