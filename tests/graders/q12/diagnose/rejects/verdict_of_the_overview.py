"""The verdict of the overview page is passed on.

breaks: "The kind that takes the largest share of the steps' time"
fails: test_a_busy_thread_is_not_a_wait, test_a_call_that_does_not_trace_is_no_retracing, test_a_call_within_a_call_counts_once, test_a_first_trace_is_normal, test_all_runs_of_an_operation_count, test_an_event_counts_with_all_its_time, test_input_is_slow, test_later_steps_trace, test_long_steps_count_more, test_one_wait_counts_once, test_python_takes_the_time, test_real_loops_are_told_apart, test_the_culprit_is_in_the_steps, test_the_function_that_traces_most_is_named, test_there_may_be_nobody_to_blame, test_what_is_between_steps_does_not_count
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
