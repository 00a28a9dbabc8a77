"""Puts the notebooks into the wheel, for `framing new`; an editable installation finds them in the repository."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Notebooks(BuildHookInterface):
    """Adds ``notebooks/*.ipynb`` as ``framing/data/notebooks`` to a wheel that is no editable one."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            for path in sorted(Path(self.root, "notebooks").glob("[0-9][0-9]_*.ipynb")):
                build_data["force_include"][str(path)] = f"framing/data/notebooks/{path.name}"
