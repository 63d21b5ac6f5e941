"""A batch on a Dask cluster: one that is running, one on this machine, or SLURM jobs as a file describes them."""

from __future__ import annotations

import atexit
import contextlib
import functools
import logging
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from .executor import Farm
from .local import Pools
from .reception import Reception, check, lost
from .slurm import JOB_OPTIONS, ClusterError, SlurmJobs, read_slurm
from .vigil import Vigil

T = TypeVar("T")
CONNECT = 20  # seconds
GPU = "GPU"  # start workers that own one with --resources GPU=1


def open_cluster(where: str, jobs: int, wait: float | None = None) -> AbstractContextManager[Farm]:
    """Open the cluster at `tcp://…` (or another address), `local`, or the one that a .toml file describes.

    `wait`: minutes without a worker until the farm gives up. Raises ClusterError and FarmError.
    """
    with _own_signals():
        import distributed  # noqa: F401
    _silence()
    if where == "local":
        return _on_this_machine(jobs, wait)
    if "://" in where:
        return _running(where, wait)
    return _slurm(read_slurm(Path(where)), wait)


@contextlib.contextmanager
def _own_signals() -> Iterator[None]:
    """Restore the signal handlers after an import: dask-jobqueue sets one that ends a batch as if it were done."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _silence() -> None:
    """The command itself reports a lost scheduler, in one line. Loggers made later inherit the level."""
    for family in ("distributed", "tornado", "asyncio"):
        logging.getLogger(family).setLevel(logging.CRITICAL)
        for name in list(logging.root.manager.loggerDict):
            if name.startswith(f"{family}."):
                logging.getLogger(name).setLevel(logging.CRITICAL)


# ---------------------------------------------------------------- three kinds


@contextmanager
def _running(address: str, wait: float | None) -> Iterator[Farm]:
    try:
        client = _client(address, timeout=CONNECT)
    except (OSError, ValueError, ImportError) as error:
        raise ClusterError(f"no Dask scheduler answers at {address}: {error}") from error
    with _closing(client):
        yield _farm(client, address, wait)


@contextmanager
def _on_this_machine(jobs: int, wait: float | None) -> Iterator[Farm]:
    import distributed

    untyped: Any = distributed
    options = {"threads_per_worker": 1, "dashboard_address": None, "worker_dashboard_address": None}
    with untyped.LocalCluster(n_workers=jobs, silence_logs=50, **options) as cluster:
        client = _client(cluster)
        with _closing(client):
            yield _farm(client, cluster.scheduler_address, wait)


@contextmanager
def _slurm(options: dict[str, Any], wait: float | None) -> Iterator[Farm]:
    """A scheduler in this process, and jobs that start workers for it."""
    with _scheduler(options) as cluster:
        jobs = SlurmJobs(lambda name: job_script(options, cluster.scheduler_address, name), options.get("jobs", 1))
        client = _client(cluster)
        with _closing(client), jobs:
            yield _farm(client, cluster.scheduler_address, wait, jobs)


@contextmanager
def _scheduler(options: dict[str, Any]) -> Iterator[Any]:
    """dask-jobqueue's cluster without a job of its own: it does not tell what `sbatch` answers, nor replace a job."""
    with _own_signals():
        from dask_jobqueue.slurm import SLURMCluster
    own = {"dashboard": False, "dashboard_address": ":0", **options.get("scheduler_options", {})}
    try:
        made = SLURMCluster(**_of_jobs(options), scheduler_options=own)
    except Exception as error:
        raise ClusterError(f"the scheduler cannot be started here: {error}") from error
    with made:
        yield made


def job_script(options: dict[str, Any], scheduler: str, name: str) -> str:
    """What is handed to sbatch: a job whose workers, called `name`, work for the scheduler at this address."""
    from dask_jobqueue import slurm

    untyped: Any = slurm
    return str(untyped.SLURMJob(scheduler, name=name, **_of_jobs(options)).job_script())


def _of_jobs(options: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name in JOB_OPTIONS}


# ---------------------------------------------------------------- the farm


def _client(where: Any, **options: Any) -> Any:
    """A client of a scheduler's address or of a cluster; Dask's constructor has no types."""
    import distributed

    untyped: Any = distributed
    return untyped.Client(where, set_as_default=False, **options)


@contextmanager
def _closing(client: Any) -> Iterator[None]:
    """Close the client at the end, in at most 5 s: one whose scheduler is gone would wait for it."""
    try:
        yield
    finally:
        with contextlib.suppress(Exception):
            client.close(timeout=5)


def _farm(client: Any, place: str, wait: float | None, jobs: SlurmJobs | None = None) -> Farm:
    """The client's executor, for workers of this machine's standard. Raises FarmError."""
    reception = Reception(client)
    vigil = Vigil(lambda: _why_nobody(reception, place, jobs), wait)

    def look() -> None:
        check(client)
        reception.look()
        if jobs is not None:
            jobs.look(reception.arrived)
        vigil.look(len(reception.accepted))

    reception.open()
    everywhere, on_gpu = DaskExecutor(client, reception.resource), DaskExecutor(client, reception.resource, GPU)
    return Farm(
        everywhere,
        in_own_process,
        width=lambda: max(1, reception.width),  # a job waits for workers that come late
        check=look,
        with_gpu=lambda: on_gpu if any(w["resources"].get(GPU) for w in reception.accepted.values()) else None,
        turns=lambda: reception.turns,
    )


def _why_nobody(reception: Reception, place: str, jobs: SlurmJobs | None) -> str:
    return reception.why_nobody(place) if jobs is None or reception.refused else jobs.why(place)


class DaskExecutor(Executor):
    """The client's executor for workers with these resources. A job that is submitted twice runs twice."""

    def __init__(self, client: Any, *resources: str):
        self._client = client
        self._executor = client.get_executor(pure=False, retries=0, resources=dict.fromkeys(resources, 1))

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """See the base. Raises FarmError when the scheduler is lost."""
        with lost(self._client):
            future: Future[T] = self._executor.submit(fn, *args, **kwargs)
            return future


def in_own_process(batch: str, job: Callable[..., T], *args: Any) -> T:
    """Do the job in a process of the Dask worker that runs this; Dask takes a function there, not an object."""
    return _pools_of_this_worker().run(batch, job, *args)


@functools.cache
def _pools_of_this_worker() -> Pools:
    pools = Pools()
    atexit.register(pools.close)
    return pools
