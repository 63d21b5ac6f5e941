"""Says that everything is defined, and then answers nothing.

Expect: time_limit runtime_error
Limits: wall_seconds=1 total_seconds=2
"""
@ARMED@
# <forge>
reply({"ok": {"t": "dict", "v": {"defined": ["conv2d", "conv2d_multichannel"], "left_out": []}}})
wait()
