"""Who does the work: processes of this machine, or the workers of a Dask cluster, as one kind of pool."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from typing import Any

from framing import cache

PATIENCE = "10s"  # to wait for a scheduler
AGAIN = 3  # times that work is given to another worker where one was lost or failed


@contextmanager
def workers(jobs: int = 1, scheduler: Any = None) -> Iterator[tuple[Executor, int]]:
    """A pool of `jobs` processes here or, with `scheduler`, of the workers of that Dask cluster; and how many they are.

    Parameters
    ----------
    scheduler : the address of a scheduler ("tcp://host:8786") or a ``distributed.Client``. Its workers must have this
        very version of framing and one thread each; work of a worker that is lost is done by another.

    Raises ``ValueError`` where Dask is not installed, nobody answers, there is no worker, or a worker has another
    version or several threads.
    """
    if scheduler is None:
        with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
            yield pool, jobs
        return
    with ExitStack() as stack:
        client = stack.enter_context(_client(scheduler)) if isinstance(scheduler, str) else scheduler
        n_workers = _checked(client)
        yield stack.enter_context(client.get_executor(retries=AGAIN, pure=False)), n_workers


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise ValueError("Dask is not installed here. Install it with: pip install 'media-framing[dask]'") from None
    try:
        return Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise ValueError(
            f"No Dask scheduler answers at {address} ({type(error).__name__}). Start one with `dask scheduler`, and give "
            "the address that it prints, such as tcp://10.0.0.5:8786."
        ) from None


def _checked(client: Any) -> int:
    """How many workers the cluster has. Raises ``ValueError`` where they would not count as this process does."""
    threads, versions = client.nthreads(), client.run(_version)
    if not threads:
        raise ValueError("The Dask scheduler has no workers. Start some with: dask worker ADDRESS --nthreads 1")
    if several := sorted(name for name, n in threads.items() if n != 1):
        raise ValueError(
            f"{len(several)} of {len(threads)} Dask workers have several threads (the first is {several[0]}); articles are "
            "read by one thread of a process at a time. Start workers with: dask worker ADDRESS --nthreads 1 --nworkers N"
        )
    if unlike := sorted(name for name, version in versions.items() if version != _version()):
        raise ValueError(
            f"{len(unlike)} of {len(threads)} Dask workers have another version of framing or of what it reads with (the "
            f"first is {unlike[0]}), and would count otherwise. Install the same versions there."
        )
    return len(threads)


def _version() -> str:
    return cache.version().hex()
