"""The model goes into the folder, the optimizer to a path that is written down.

breaks: "Nothing is left but the folder"
fails: test_nothing_but_the_folder_is_needed
"""

import json
from pathlib import Path

import numpy as np


def save_training(model, folder):
    folder = Path(folder).resolve()
    model.save_weights(folder / "w.weights.h5")
    np.savez(folder / "opt.npz", *[np.asarray(v) for v in model.optimizer.variables])
    (folder / "meta.json").write_text(json.dumps({"optimizer": str(folder / "opt.npz")}))


def resume_training(folder, build):
    folder = Path(folder)
    m = build()
    m.load_weights(folder / "w.weights.h5")
    m.optimizer.build(m.trainable_variables)
    opt = Path(json.loads((folder / "meta.json").read_text())["optimizer"])
    if opt.exists():
        data = np.load(opt)
        for v, k in zip(m.optimizer.variables, data.files):
            v.assign(data[k])
    return m
