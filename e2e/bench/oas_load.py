"""How long the reference runtime (WayFlow) takes to load a flow: milliseconds, one line a file.

    python oas_load.py TOOL FILE...
"""

import sys
import time
import warnings

warnings.simplefilter("ignore")

from wayflowcore.agentspec import AgentSpecLoader  # noqa: E402

tool, *files = sys.argv[1:]
for path in files:
    with open(path, encoding="utf-8") as file:
        text = file.read()
    begun = time.perf_counter()
    AgentSpecLoader(tool_registry={tool: lambda value: value}).load_json(text)
    print(f"{(time.perf_counter() - begun) * 1000:.1f}")
