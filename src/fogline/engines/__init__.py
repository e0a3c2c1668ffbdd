"""Read an archive in shards, by one process, many, or a cluster, into Parquet with a manifest.

A shard is a file of many reports (WARC, Parquet, JSON Lines). Workers read whole shards, each on its own;
what they find lies in ``FOLDER/claims``, ``documents``, ``left_out`` and ``sources`` as Parquet, and one file
in ``FOLDER/manifest`` for each shard that is done.
"""

from .base import Engine, Failed
from .loading import Loaded, load
from .manifest import Entry, Part
from .run import ENGINES, Extracted, engine_named, extract_shards
from .shards import Shard
from .work import Task

__all__ = [
    "ENGINES",
    "Engine",
    "Entry",
    "Extracted",
    "Failed",
    "Loaded",
    "Part",
    "Shard",
    "Task",
    "engine_named",
    "extract_shards",
    "load",
]
