"""The verdict of the overview page is passed on.

fails: test_a_busy_thread_is_not_a_wait, test_input_is_slow, test_later_steps_trace, test_python_takes_the_time, test_real_loops_are_told_apart
"""

import json
from pathlib import Path

from xprof.convert import raw_to_tool_data


def diagnose(logdir):
    files = list(Path(logdir).glob("plugins/profile/*/*.xplane.pb"))
    if not files:
        raise FileNotFoundError(logdir)

    def tables(tool):
        options = {"use_saved_result": False}
        return json.loads(raw_to_tool_data.xspace_to_tool_data([str(files[0])], tool, options)[0])

    verdict = tables("overview_page")[1]["p"]["input_conclusion"]
    if verdict.startswith("No step"):
        return "no steps", ""
    ops = tables("framework_op_stats")[1]["rows"]
    names = [row["c"][3]["v"] for row in ops if row["c"][2]["v"] != "Dataset"]
    if "HIGHLY" in verdict:
        return "input", names[0]
    if "POTENTIALLY" in verdict:
        return "python", ""
    return "compute", names[0]
