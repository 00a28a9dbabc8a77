"""Does the installed package work where nothing but the wheel is there?

    python tests/installed_package.py

Builds the wheel, installs it in an empty environment without the constraints file (so with the newest versions that
``pyproject.toml`` allows), and runs ``framing analyze`` on the bundled articles from another folder: no HOME,
``LC_ALL=C``, the environment read-only and the network cut off. The last two need the right to make namespaces (root in
most containers); without it they are left out, and the last line says so. Exit status 1 where anything fails.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TABLES = ("articles", "quotes", "tone", "emphasis", "comparisons", "audit")


def main() -> int:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)])
        run([sys.executable, "-m", "venv", str(folder / "venv")])
        python = folder / "venv" / "bin" / "python"
        wheel = next(folder.glob("*.whl"))
        run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)])
        print(run([str(python), "-m", "pip", "list", "--format=freeze"]).replace("\n", " "))
        shutil.copytree(ROOT / "framing" / "examples" / "summit" / "articles", folder / "elsewhere" / "articles")
        command = [str(folder / "venv" / "bin" / "framing"), "analyze", "articles", "--out", "results"]
        alone = can_be_alone()
        if alone:
            venv = shlex.quote(str(folder / "venv"))
            command = [
                "unshare",
                "--net",
                "--mount",
                "sh",
                "-c",
                f"mount --bind {venv} {venv} && mount -o remount,ro,bind {venv} && exec {shlex.join(command)}",
            ]
        bare = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C"}
        done = subprocess.run(command, cwd=folder / "elsewhere", env=bare, capture_output=True, text=True, check=False)
        print(done.stdout + done.stderr)
        results = folder / "elsewhere" / "results"
        missing = [name for name in TABLES if not (results / "tables" / f"{name}.csv").is_file()]
        if done.returncode or missing or not (results / "report.html").is_file():
            print(f"The installed package failed: exit status {done.returncode}, missing tables: {missing or 'none'}.")
            return 1
        print(
            "The installed package works"
            + (
                " without home, network or a writable environment."
                if alone
                else " without home; network and environment were left as they are."
            )
        )
    return 0


def run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{shlex.join(command)} ended with {done.returncode}:\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout


def can_be_alone() -> bool:
    """May this user cut off the network and bind a folder read-only?"""
    tried = ["unshare", "--net", "--mount", "sh", "-c", "mount --bind /tmp /tmp"]
    return bool(shutil.which("unshare")) and subprocess.run(tried, capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    raise SystemExit(main())
