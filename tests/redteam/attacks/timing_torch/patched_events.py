"""torch's events and synchronisation tell nothing any more.

Expect: accepted time_limit
Score: less
Timing: time_limit
"""
@ARMED@
import torch


class Event:
    """Always at once."""

    def __init__(self, *args, **kwargs):
        pass

    record = synchronize = wait = query = lambda self, *args: True
    elapsed_time = lambda self, other: 0.0


torch.cuda.Event = torch.Event = Event
torch.cuda.synchronize = torch.cpu.synchronize = torch.accelerator.synchronize = lambda *args: None

# <slow_torch>
