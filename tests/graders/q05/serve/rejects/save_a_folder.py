"""model.save with a folder wrote a SavedModel up to Keras 2.

fails: all
"""

from pathlib import Path


def export_for_serving(model, folder):
    if Path(folder).exists():
        raise FileExistsError(folder)
    model.save(folder)
