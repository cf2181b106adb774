"""Runs many scenarios on the reference runtime, in one process: a JSON scenario a line comes in, a JSON answer a line goes out.

    python wayflow_driver.py FOLDER_OF_wayflow_run.py FOLDER_OF_THE_FLOWS

Beside what wayflow_run.py takes, a server tool may answer by turns: {"$turns": [value, times, value]} is the first value
so many times, and then the second one. An answer has "milliseconds": {"load": ..., "run": ...}, too.
"""

import contextlib
import itertools
import json
import logging
import pathlib
import sys
import time

sys.path.insert(0, sys.argv[1])

import wayflow_run  # noqa: E402

loading = 0.0


class Loader(wayflow_run.AgentSpecLoader):
    def __init__(self, tool_registry):
        super().__init__(tool_registry={name: by_turns(tool) for name, tool in tool_registry.items()})

    def load_json(self, *args, **more):
        global loading
        began = time.perf_counter()
        try:
            return super().load_json(*args, **more)
        finally:
            loading = time.perf_counter() - began


def by_turns(tool):
    value = tool()
    if not isinstance(value, dict) or "$turns" not in value:
        return tool
    first, times, then = value["$turns"]
    answers = itertools.chain(itertools.repeat(first, times), itertools.repeat(then))
    return lambda **_: next(answers)


wayflow_run.AgentSpecLoader = Loader
logging.disable(logging.CRITICAL)
folder = pathlib.Path(sys.argv[2])
answers = sys.stdout
print(json.dumps({"ready": True}), file=answers, flush=True)
for line in sys.stdin:
    began = time.perf_counter()
    try:
        # What the runtime prints by the way is no answer.
        with contextlib.redirect_stdout(sys.stderr):
            answer = wayflow_run.run(json.loads(line), folder)
    except Exception as error:  # the runtime's refusal is an answer too
        answer = {"status": "error", "error": f"{type(error).__name__}: {error}"}
    took = time.perf_counter() - began
    answer["milliseconds"] = {"load": loading * 1000, "run": (took - loading) * 1000}
    print(json.dumps(answer, default=str), file=answers, flush=True)
