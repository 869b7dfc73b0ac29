"""A .keras file is taken for something that a server can run: it is JSON and weights, no graph.

fails: all
"""

import os


def export_for_serving(model, folder):
    os.makedirs(folder)
    model.save(os.path.join(folder, "model.keras"))
