"""Answers the request to load with nonsense.

Expect: runtime_error not_defined time_limit
Limits: wall_seconds=1 total_seconds=2
"""
@ARMED@
import random

# <forge>
REPLIES = [
    None,
    [],
    "conv2d",
    {},
    {"defined": None},
    {"defined": "conv2d"},
    {"defined": {"t": "dict", "v": {}}},
    {"defined": [["conv2d"], {"t": "f", "v": "nan"}, None], "error": [1]},
    {"defined": ["conv2d"] * 10_000, "error": {"t": "dict", "v": {"text": {"t": "opaque", "type": "\x1b[2J"}}}},
    {"defined": ["conv2d"], "left_out": [[1], {"at": [1, 2]}, {"at": [1 << 80, 0, "", ""], "names": []}]},
    {"defined": ["conv2d"], "left_out": [{"at": [1, 0, "x", "y"], "names": [[]], "error": 7, "cut": True}] * 9000},
    {"stuck": None},
    {"stuck": [1, 0, "\x1b[2J", "\x1b[2J" * 1000]},
    {"defined": [], "error": {"t": "dict", "v": {"text": ["\x1b[2J"] * 9000}}},
]
choice = random.choice(REPLIES)
reply({"ok": {"t": "dict", "v": choice} if isinstance(choice, dict) and choice.get("defined") != "x" else choice})
wait()
