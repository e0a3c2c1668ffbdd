"""Fuzz one target guided by coverage: ``python -m fuzz.guided TARGET SECONDS SEED FOLDER``.

libFuzzer ends the process at the first finding; ``fuzz.run`` begins it again until the time is over.
"""

from __future__ import annotations

import contextlib
import sys
import time
from pathlib import Path

import atheris  # type: ignore[import-untyped]

with atheris.instrument_imports(include=["fogline"], enable_loader_override=False):
    from .targets import TARGETS

    with contextlib.suppress(
        Exception
    ):  # once, so that what it imports when it is first called is instrumented
        TARGETS[sys.argv[1]](b"x")

LONGEST = 20_000  # bytes of a case
MEMORY_MB = 2048
SLOW_S = 10


def main(name: str, seconds: int, seed: int, folder: Path) -> None:
    """Fuzz a target from the corpus in a folder; a case that breaks it is kept there."""
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    arguments = [
        sys.argv[0], str(corpus), f"-max_total_time={seconds}", f"-seed={seed}", f"-max_len={LONGEST}",
        "-timeout=120", f"-rss_limit_mb={MEMORY_MB}", f"-artifact_prefix={folder}/", "-print_final_stats=1",
        "-verbosity=0",
    ]  # fmt: skip

    def timed(data: bytes) -> None:
        begun = time.process_time()
        TARGETS[name](data)
        if time.process_time() - begun > SLOW_S:  # of CPU, so that a busy machine is no finding
            raise TimeoutError(f"longer than {SLOW_S} s")

    atheris.Setup(arguments, timed)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
