"""``fogline.extract`` can be called whatever was imported before it."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "before",
    ["pass", "fogline.connect", "import fogline.extract.parse", "from fogline.pipeline import Extractor"],
)
def test_extract_is_called_in_any_order(before: str) -> None:
    code = (
        f"import fogline\n{before}\n"
        "class Mute:\n"
        "    identity = 'mute'\n"
        "    def extract(self, document):\n"
        "        from fogline.model import Extraction\n"
        "        return Extraction(document=document.id)\n"
        "print(len(fogline.extract('No more.', reader=Mute())))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("0\n", "")
