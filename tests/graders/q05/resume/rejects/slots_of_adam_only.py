"""The slot variables are known by the names that Adam gives them.

breaks: "momentum included"
fails: test_training_goes_on_as_if_never_stopped
"""

import pickle
from pathlib import Path

import numpy as np


def parts(o):
    p = [o.iterations] + ([o._learning_rate] if hasattr(o._learning_rate, "assign") else [])
    for k in ("_momentums", "_velocities", "momentums", "velocities"):
        p += [v for v in (getattr(o, k, None) or []) if v is not None]
    return p


def save_training(model, folder):
    Path(folder, "s.pkl").write_bytes(
        pickle.dumps((model.get_weights(), [np.asarray(v) for v in parts(model.optimizer)]))
    )


def resume_training(folder, build):
    w, s = pickle.loads(Path(folder, "s.pkl").read_bytes())
    model = build()
    model.set_weights(w)
    model.optimizer.build(model.trainable_variables)
    for v, x in zip(parts(model.optimizer), s):
        v.assign(x)
    return model
