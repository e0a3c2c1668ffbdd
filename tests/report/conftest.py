"""Let these tests use the claims made by hand for linking, and what lies beside them."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "link")]
