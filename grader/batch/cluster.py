"""A batch on a Dask cluster: one that is running, one on this machine, or SLURM jobs as a file describes them."""

from __future__ import annotations

import contextlib
import logging
import signal
import tomllib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from .farm import Farm, FarmError

CONNECT = 20  # seconds
GPU = "GPU"  # what workers that own one are started with: --resources GPU=1
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


class ClusterError(Exception):
    """The cluster cannot be had as it was asked for. The message says why."""


def open_cluster(where: str, jobs: int) -> AbstractContextManager[Farm]:
    """`tcp://…` (or another address), `local`, or the path of a .toml file. Raises ClusterError and FarmError."""
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
    """What is imported takes no signal over: dask-jobqueue would let an interrupt end a batch as if it were done."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def _silence() -> None:
    """What there is to say of a lost scheduler, the command says, in one line. Loggers made later inherit the level."""
    for family in ("distributed", "tornado", "asyncio"):
        logging.getLogger(family).setLevel(logging.CRITICAL)
        for name in list(logging.root.manager.loggerDict):
            if name.startswith(f"{family}."):
                logging.getLogger(name).setLevel(logging.CRITICAL)


# ---------------------------------------------------------------- three kinds


@contextmanager
def _running(address: str) -> Iterator[Farm]:
    from distributed import Client

    try:
        client = Client(address, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError, ImportError) as error:
        raise ClusterError(f"no Dask scheduler answers at {address}: {error}") from error
    with _closing(client):
        yield _farm(client)


@contextmanager
def _on_this_machine(jobs: int) -> Iterator[Farm]:
    from distributed import Client, LocalCluster

    options: dict[str, Any] = {"threads_per_worker": 1, "dashboard_address": None, "worker_dashboard_address": None}
    with LocalCluster(n_workers=jobs, silence_logs=50, **options) as cluster:
        client = Client(cluster, set_as_default=False)
        with _closing(client):
            yield _farm(client)


@contextmanager
def _slurm(options: dict[str, Any]) -> Iterator[Farm]:
    from distributed import Client

    with slurm_cluster(options) as cluster:
        cluster.scale(jobs=options.get("jobs", 1))
        client = Client(cluster, set_as_default=False)
        with _closing(client):
            yield _farm(client)


@contextmanager
def _closing(client: Any) -> Iterator[None]:
    """A client whose scheduler is gone takes its time to say good-bye."""
    try:
        yield
    finally:
        with contextlib.suppress(Exception):
            client.close(timeout=5)


def _farm(client: Any) -> Farm:
    """The client's executor: a job that is asked for twice is done twice."""
    executor = client.get_executor(pure=False, retries=0)
    on_gpu = client.get_executor(pure=False, retries=0, resources={GPU: 1})
    return Farm(
        executor,
        width=lambda: _width(client),
        check=lambda: _check(client),
        with_gpu=lambda: on_gpu if any(w["resources"].get(GPU) for w in _workers(client)) else None,
    )


def _width(client: Any) -> int:
    """Threads of all workers; at least one job is always asked for, so that workers that come late find it."""
    return max(1, sum(w["nthreads"] for w in _workers(client)))


def _workers(client: Any) -> list[Any]:
    """What the scheduler knows of its workers; none where it does not answer."""
    with contextlib.suppress(Exception):
        return list(client.scheduler_info(n_workers=-1)["workers"].values())
    return []


def _check(client: Any) -> None:
    if client.status != "running":
        raise FarmError(f"the connection to the scheduler is lost (it is '{client.status}')")


# ---------------------------------------------------------------- SLURM


def read_slurm(path: Path) -> dict[str, Any]:
    """The `[slurm]` table of a file. Raises ClusterError for what is not understood."""
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
            from dask_jobqueue import SLURMCluster
    except ImportError as error:
        raise ClusterError(INSTALL) from error
    given = {name: value for name, value in options.items() if name in JOB_OPTIONS}
    return SLURMCluster(**given)
