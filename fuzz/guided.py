"""Fuzz one target guided by coverage: ``python -m fuzz.guided TARGET SECONDS SEED FOLDER``.

libFuzzer ends the process at the first finding; ``fuzz.run`` begins it again until the time is over.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["fogline"], enable_loader_override=False):
    import fogline.control
    import fogline.editions
    import fogline.extract.dates
    import fogline.extract.quantities
    import fogline.ingest
    import fogline.query
    import fogline.read
    import fogline.resolve.gazetteer.dump
    import fogline.resolve.gazetteer.files
    import fogline.settings
    import fogline.watch.feeds_file
    import fogline.watch.sources.feed
    import fogline.watch.sources.sitemap  # noqa: F401 - instrumented on import

    from .targets import TARGETS

LONGEST = 20_000  # bytes of a case
MEMORY_MB = 2048
SLOW_S = 10


def main(name: str, seconds: int, seed: int, folder: Path) -> None:
    """Fuzz a target from the corpus in a folder; a case that breaks it is kept there."""
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    arguments = [
        sys.argv[0], str(corpus), f"-max_total_time={seconds}", f"-seed={seed}", f"-max_len={LONGEST}",
        f"-timeout={SLOW_S}", f"-rss_limit_mb={MEMORY_MB}", f"-artifact_prefix={folder}/", "-print_final_stats=1",
        "-verbosity=0",
    ]  # fmt: skip
    atheris.Setup(arguments, TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
