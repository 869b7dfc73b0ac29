"""A file at that path is not noticed.

fails: test_what_is_served_is_not_overwritten
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
