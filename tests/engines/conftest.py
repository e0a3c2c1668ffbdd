"""Let these tests, and the workers they start, use the stub extractor of the store's tests."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "store")]
