"""Runs scripts, each in a process of its own with NumPy (and torch, if it is named) imported before: `python -I -S`.

A line of JSON for each: where packages are, the script, and the folder on its path; a line with status and output back.
"""

import importlib
import json
import os
import sys
import traceback

sys.path.append(sys.argv[1])
for name in sys.argv[2:]:
    importlib.import_module(name)


def run(script: str, folder: str) -> int:
    sys.path.insert(0, folder)
    try:
        with open(script, encoding="utf-8") as source:
            exec(compile(source.read(), script, "exec"), {"__name__": "__main__"})
    except SystemExit as end:
        return int(end.code or 0)
    except BaseException:
        traceback.print_exc()
        return 99
    return 0


for line in sys.stdin:
    asked = json.loads(line)
    theirs, ours = os.pipe()
    if not (child := os.fork()):
        os.dup2(ours, 1)
        os.dup2(ours, 2)
        status = run(asked["script"], asked["folder"])
        sys.stdout.flush()
        os._exit(status)
    os.close(ours)
    with open(theirs, encoding="utf-8", errors="replace") as answer:
        output = answer.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(json.dumps({"status": status, "output": output}), flush=True)
