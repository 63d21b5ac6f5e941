"""A batch on a Dask cluster: one that is running, one on this machine, or SLURM jobs as a file describes them."""

from __future__ import annotations

import atexit
import contextlib
import functools
import logging
import signal
import tomllib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from ..errors import GraderError
from .executor import Farm, FarmError
from .local import Pools

T = TypeVar("T")
CONNECT = 20  # seconds
GPU = "GPU"  # start workers that own one with --resources GPU=1
INSTALL = "a cluster needs more libraries: pip install 'cnn-grader[cluster]'"
JOB_OPTIONS = {  # of the [slurm] table, and the types that dask-jobqueue takes
    "queue": str,
    "account": str,
    "cores": int,
    "processes": int,
    "memory": str,
    "walltime": str,
    "interface": str,
    "local_directory": str,
    "log_directory": str,
    "python": str,
    "shebang": str,
    "job_extra_directives": list,
    "job_script_prologue": list,
    "worker_extra_args": list,
    "scheduler_options": dict,
}
OWN_OPTIONS = {"jobs": int}


class ClusterError(GraderError):
    """The cluster that was asked for cannot be used. The message says why."""


def open_cluster(where: str, jobs: int) -> AbstractContextManager[Farm]:
    """Open the cluster at `tcp://…` (or another address), `local`, or the one that a .toml file describes.

    Raises ClusterError and FarmError.
    """
    try:
        with _own_signals():
            import distributed  # noqa: F401
    except ImportError as error:
        raise ClusterError(INSTALL) from error
    _silence()
    if where == "local":
        return _on_this_machine(jobs)
    if "://" in where:
        return _running(where)
    return _slurm(read_slurm(Path(where)))


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
def _running(address: str) -> Iterator[Farm]:
    try:
        client = _client(address, timeout=CONNECT)
    except (OSError, ValueError, ImportError) as error:
        raise ClusterError(f"no Dask scheduler answers at {address}: {error}") from error
    with _closing(client):
        yield _farm(client)


@contextmanager
def _on_this_machine(jobs: int) -> Iterator[Farm]:
    import distributed

    untyped: Any = distributed
    options = {"threads_per_worker": 1, "dashboard_address": None, "worker_dashboard_address": None}
    with untyped.LocalCluster(n_workers=jobs, silence_logs=50, **options) as cluster:
        client = _client(cluster)
        with _closing(client):
            yield _farm(client)


@contextmanager
def _slurm(options: dict[str, Any]) -> Iterator[Farm]:
    with slurm_cluster(options) as cluster:
        cluster.scale(jobs=options.get("jobs", 1))
        client = _client(cluster)
        with _closing(client):
            yield _farm(client)


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


def _farm(client: Any) -> Farm:
    """The client's executor. `pure=False`: a job that is submitted twice runs twice."""
    executor = client.get_executor(pure=False, retries=0)
    on_gpu = client.get_executor(pure=False, retries=0, resources={GPU: 1})
    return Farm(
        executor,
        in_own_process,
        width=lambda: _width(client),
        check=lambda: _check(client),
        with_gpu=lambda: on_gpu if any(w["resources"].get(GPU) for w in _workers(client)) else None,
    )


def in_own_process(batch: str, job: Callable[..., T], *args: Any) -> T:
    """Do the job in a process of the Dask worker that runs this; Dask takes a function there, not an object."""
    return _pools_of_this_worker().run(batch, job, *args)


@functools.cache
def _pools_of_this_worker() -> Pools:
    pools = Pools()
    atexit.register(pools.close)
    return pools


def _width(client: Any) -> int:
    """Threads of all workers; at least 1, so that a job is waiting for workers that come late."""
    threads: int = sum(w["nthreads"] for w in _workers(client))
    return max(1, threads)


def _workers(client: Any) -> list[Any]:
    """What the scheduler reports of its workers; nothing if it does not answer."""
    with contextlib.suppress(Exception):
        return list(client.scheduler_info(n_workers=-1)["workers"].values())
    return []


def _check(client: Any) -> None:
    if client.status != "running":
        raise FarmError(f"the connection to the scheduler is lost (it is '{client.status}')")


# ---------------------------------------------------------------- SLURM


def read_slurm(path: Path) -> dict[str, Any]:
    """The `[slurm]` table of a file. Raises ClusterError for a file or an option that cannot be used."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        text = f"{path}: {error.strerror}. --cluster takes tcp://HOST:PORT, `local`, or a .toml file"
        raise ClusterError(text) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ClusterError(f"{path}: {error}") from error
    options = data.get("slurm")
    if not isinstance(options, dict):
        raise ClusterError(f"{path}: it has no table [slurm]")
    for name, value in options.items():
        kind = (JOB_OPTIONS | OWN_OPTIONS).get(name)
        if kind is None:
            raise ClusterError(f"{path}: [slurm] knows no '{name}'; it knows {', '.join(JOB_OPTIONS | OWN_OPTIONS)}")
        if not isinstance(value, kind) or isinstance(value, bool):
            raise ClusterError(f"{path}: '{name}' has to be of type {kind.__name__}")
    if missing := {"cores", "memory"} - options.keys():
        raise ClusterError(f"{path}: [slurm] needs {' and '.join(sorted(missing))}")
    return options


def slurm_cluster(options: dict[str, Any]) -> Any:
    """dask-jobqueue's cluster for these options; `job_script()` shows what it hands to sbatch."""
    try:
        with _own_signals():
            from dask_jobqueue.slurm import SLURMCluster
    except ImportError as error:
        raise ClusterError(INSTALL) from error
    given = {name: value for name, value in options.items() if name in JOB_OPTIONS}
    return SLURMCluster(**given)
