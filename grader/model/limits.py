"""What a submission may use."""

from __future__ import annotations

from .record import Record, record


@record()
class Limits(Record):
    """What a submission may use. Seconds per check and for all, MiB, processes' threads."""

    cpu_seconds: float = 10.0
    wall_seconds: float = 20.0
    total_seconds: float = 60.0
    memory_mib: int = 1024
    threads: int = 32
    output_kib: int = 1024
    scratch_mib: int = 16
