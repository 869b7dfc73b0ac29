#!/bin/bash
# Gradescope runs this once, when it builds the image. It needs Python 3.11 to 3.13: choose Ubuntu
# 24.04 as the base image, or a later one that has it.
set -euo pipefail
apt-get update
apt-get install -y bubblewrap git python3 python3-venv
python3 -m venv /autograder/venv
cd /autograder/source/tf-katas
/autograder/venv/bin/pip install -c constraints.txt -e '.[examiner]'
