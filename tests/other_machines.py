"""Are all numbers the same on other processors? The whole analysis under other kernels, threads and hash seeds.

    python tests/other_machines.py              # every setting below; about two minutes each
    python tests/other_machines.py --short      # the three that move most, as in .ci/run; notebooks in the last alone

In every setting the bundled corpus (and ``../shared/articles`` where present) is parsed and analysed afresh and the
notebooks are run; each table, figure, report and notebook output must be the same to the byte as in the first, and the
figures and notebook outputs the same as those in the repository. Exit status 1 where something differs.

Decisions of the tone model and the matcher of facts that stand nearer to their threshold than the last digit kept are
named.

Each setting also takes a few raw products and powers, in single and double precision, and prints which of their last
digits moved: a setting in which nothing moves proves nothing, and a run in which no setting moves anything fails.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT.parent / "shared" / "articles"
CONTROLLED = (
    "OPENBLAS_CORETYPE",
    "OPENBLAS_NUM_THREADS",
    "OMP_NUM_THREADS",
    "NPY_DISABLE_CPU_FEATURES",
    "BLIS_ARCH_TYPE",
    "PYTHONHASHSEED",
)
NO_AVX512 = "X86_V4 AVX512_ICL AVX512_SPR"
SETTINGS: dict[str, dict[str, str]] = {
    "as it is": {},
    "Nehalem, 1 thread, seed 1": {"OPENBLAS_CORETYPE": "Nehalem", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "1"},
    "Haswell, no AVX-512, 4 threads": {
        "OPENBLAS_CORETYPE": "Haswell",
        "NPY_DISABLE_CPU_FEATURES": NO_AVX512,
        "OPENBLAS_NUM_THREADS": "4",
        "PYTHONHASHSEED": "0",
    },
    "Sandybridge, no AVX2, 2 threads": {
        "OPENBLAS_CORETYPE": "Sandybridge",
        "OPENBLAS_NUM_THREADS": "2",
        "NPY_DISABLE_CPU_FEATURES": f"{NO_AVX512} X86_V3",
        "PYTHONHASHSEED": "1",
    },
    "SkylakeX, 4 threads, seed 0": {
        "OPENBLAS_CORETYPE": "SkylakeX",
        "OPENBLAS_NUM_THREADS": "4",
        "PYTHONHASHSEED": "0",
    },
    "Zen, no AVX-512, 1 thread": {
        "OPENBLAS_CORETYPE": "Zen",
        "NPY_DISABLE_CPU_FEATURES": NO_AVX512,
        "OPENBLAS_NUM_THREADS": "1",
    },
    "Prescott, no AVX2, seed 0": {
        "OPENBLAS_CORETYPE": "Prescott",
        "PYTHONHASHSEED": "0",
        "NPY_DISABLE_CPU_FEATURES": f"{NO_AVX512} X86_V3",
    },
    "generic BLIS, 2 threads": {"BLIS_ARCH_TYPE": "generic", "OMP_NUM_THREADS": "2"},
}
SHORT = [list(SETTINGS)[number] for number in (0, 2, 1)]  # the last runs the notebooks: kernels that few machines have


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help=f"only: {'; '.join(SHORT)}")
    parser.add_argument("--jobs", type=int, default=2, help="settings at once (default 2)")
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--no-notebooks", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        return run_all(options.run, notebooks=not options.no_notebooks)
    names = SHORT if options.short else list(SETTINGS)
    with tempfile.TemporaryDirectory() as scratch:
        folders = [Path(scratch) / str(number) for number in range(len(names))]
        notebooks = [name == names[-1] or not options.short for name in names]  # `make test` runs them as it is
        with ThreadPoolExecutor(options.jobs) as workers:
            jobs = [
                workers.submit(in_setting, *job) for job in reversed(list(zip(names, folders, notebooks, strict=True)))
            ]
            done = [job.result() for job in reversed(jobs)]
        return compare(names, folders, done)


def in_setting(name: str, folder: Path, notebooks: bool) -> subprocess.CompletedProcess[str]:
    """The analysis in a process of its own, which sees the processor that the setting describes."""
    folder.mkdir()
    plain = {key: value for key, value in os.environ.items() if key not in CONTROLLED}
    return subprocess.run(
        [sys.executable, __file__, "--run", str(folder), *([] if notebooks else ["--no-notebooks"])],
        capture_output=True,
        text=True,
        check=False,
        env={**plain, **SETTINGS[name], "FRAMING_CACHE": str(folder / "cache")},
    )


def run_all(folder: Path, *, notebooks: bool) -> int:
    """Inside a setting: raw products, then every table, figure, report and, where asked, notebook into `folder`."""
    import framing
    from framing.cli import main as command

    (folder / "raw.json").write_text(json.dumps(raw_numbers()), "utf-8")
    (folder / "close.json").write_text(json.dumps(close_calls()), "utf-8")
    sys.path.insert(0, str(ROOT / "notebooks"))
    from run import main as run_notebooks

    status = run_notebooks(["--to", str(folder / "notebooks")]) if notebooks else 0
    for name, source in (("summit", framing.example_path("summit", "articles")), ("pages", PAGES)):
        if Path(source).is_dir():
            status |= command(["analyze", str(source), "--out", str(folder / name)])
    return status


def raw_numbers() -> dict[str, str]:
    """What the processor makes of a few products and powers, as hashes; and which kernels it used."""
    import numpy as np
    from spacy.util import get_current_ops
    from threadpoolctl import threadpool_info

    chance = np.random.default_rng(0)
    one, two = chance.normal(size=(64, 256)), chance.normal(size=(256, 96))
    small, large = one.astype(np.float32), two.astype(np.float32)
    found = {
        "double product": one @ two,
        "single product": small @ large,
        "exp": np.exp(one),
        "log": np.log(np.abs(one)),
        "single exp": np.exp(small),
        "tanh": np.tanh(one),
        "spaCy product": get_current_ops().gemm(small, large),
    }
    kernels = {f"{part['architecture']}, {part['num_threads']} threads" for part in threadpool_info()}
    return {
        "kernels": "; ".join(sorted(kernels)),
        **{
            name: hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()[:12]
            for name, array in found.items()
        },
    }


def compare(names: list[str], folders: list[Path], done: list[subprocess.CompletedProcess[str]]) -> int:
    """Print what moved in each setting, raw and in results; 1 where a result differs or nothing raw moved."""
    failed = [name for name, each in zip(names, done, strict=True) if each.returncode]
    for name, each in zip(names, done, strict=True):
        if each.returncode:
            print(f"{name}: ended with {each.returncode}\n{each.stderr[-3000:]}")
    if failed:
        return 1
    raw = [json.loads((folder / "raw.json").read_text("utf-8")) for folder in folders]
    results = [outputs(folder) for folder in folders]
    stored = committed()
    wrong, moved_anywhere, stale = 0, False, set()
    reference = results[-1] | results[0]  # the last has the notebooks too
    for name, numbers, result in zip(names, raw, results, strict=True):
        moved = [key for key in numbers if key != "kernels" and numbers[key] != raw[0][key]]
        moved_anywhere |= bool(moved)
        drawn = any(map(of_notebooks, result))
        asked = {key for key in reference.keys() | result.keys() if drawn or not of_notebooks(key)}
        differs = sorted(key for key in asked if reference.get(key) != result.get(key))
        if drawn or result is results[-1]:
            stale |= {key for key in stored if result.get(key) != stored[key]}
        wrong += len(differs)
        print(
            f"{name} ({numbers['kernels']}): raw digits moved in {', '.join(moved) or 'nothing'}; "
            f"{len(result) - len(differs)} of {len(result)} results the same"
            + "".join(f"\n    differs: {key}" for key in differs[:20]),
            flush=True,
        )
    close = json.loads((folders[0] / "close.json").read_text("utf-8"))
    print(
        f"{len(close)} decisions stand nearer to a threshold than the last digit kept"
        + "".join(f"\n    {name}" for name in close)
    )
    print(
        f"{len(stored) - len(stale)} of {len(stored)} figures and notebooks in the repository are what comes out here"
        + "".join(f"\n    differs: {key}" for key in sorted(stale)[:20])
    )
    if not moved_anywhere:
        print("No setting changed a single raw digit on this processor, so this run says nothing about others.")
    return int(bool(wrong or stale) or not moved_anywhere)


def close_calls() -> list[str]:
    """Decisions on the bundled corpus that stand nearer to a threshold than the last digit kept: they could turn."""
    import framing
    from framing.precision import PLACES
    from framing.salience.facts import FOUND, UNSURE
    from framing.sentiment.model import probabilities
    from framing.sentiment.tones import spoken_of

    near, articles = 1.5 * 10**-PLACES, framing.example()
    quotes = framing.find_quotes(articles)
    named = []
    for one in spoken_of(articles, quotes, None):
        first, second = sorted(probabilities(one.pairs).mean(0))[:0:-1]
        if first - second <= near:
            named.append(f"tone of {one.target} in {one.sentence.article.article_id}, sentence {one.sentence.number}")
    grid = framing.coverage(articles, framing.example_path("summit", "facts.csv"))
    close = grid[((grid["similarity"] - FOUND).abs() <= near) | ((grid["similarity"] - UNSURE).abs() <= near)]
    return named + [f"fact {row.fact} in {row.article_id}" for row in close.itertuples()]


def of_notebooks(key: str) -> bool:
    """Is this a result of the notebooks, under the names that `outputs` gives?"""
    return key.startswith("figures/") or key.endswith(".ipynb")


def outputs(folder: Path) -> dict[str, str]:
    """Name and hash of every result: each file, and of a notebook the outputs of its cells."""
    found = {}
    for part in ("summit", "pages", "notebooks/figures"):
        for path in sorted((folder / part).rglob("*")):
            if path.is_file() and path.suffix != ".ipynb":
                found[path.relative_to(folder).as_posix().removeprefix("notebooks/")] = digest(path.read_bytes())
    for path in sorted((folder / "notebooks/figures/notebooks").glob("*.ipynb")):
        found[path.name] = cell_outputs(path)
    return found


def committed() -> dict[str, str]:
    """The figures and notebook outputs in the repository, under the names that `outputs` gives."""
    found = {
        f"figures/{path.name}": digest(path.read_bytes())
        for path in sorted((ROOT / "figures").iterdir())
        if path.name[:2].isdigit()
    }
    return found | {path.name: cell_outputs(path) for path in sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))}


def cell_outputs(path: Path) -> str:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    shown = [
        [{key: value for key, value in output.items() if key != "execution_count"} for output in cell["outputs"]]
        for cell in cells
        if cell["cell_type"] == "code" and cell["id"] != "parameters-set"
    ]
    return digest(json.dumps(shown, sort_keys=True).encode())


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


if __name__ == "__main__":
    raise SystemExit(main())
