"""An autograder for Classroom 50: autograders/ASSIGNMENT/autograder.py, beside round.task.json.

Classroom 50 starts it in the student's checkout, and reads result.json there. The assignment's
runtime block installs bubblewrap; TF_KATAS is the address of your copy of tf-katas.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

TF_KATAS = os.environ.get("TF_KATAS", "https://github.com/your-course/tf-katas")
HERE = Path(__file__).parent

with tempfile.TemporaryDirectory() as folder:
    katas = Path(folder, "tf-katas")
    subprocess.run(["git", "clone", "--quiet", "--depth=1", TF_KATAS, katas], check=True)
    if "EXAMINER" not in os.environ:  # set it where the image has everything
        install = ("install", "--quiet", "-c", "constraints.txt", "-e", ".[examiner]")
        subprocess.run([sys.executable, "-m", "pip", *install], cwd=katas, check=True)
    grade = ("grade", str(Path.cwd()), "--task", str(HERE / "round.task.json"))
    result = ("--classroom50", str(Path("result.json").absolute()))
    examiner = [sys.executable, "-m", "examiner", *grade, *result]
    sys.exit(subprocess.run(examiner, cwd=katas, check=False).returncode)
