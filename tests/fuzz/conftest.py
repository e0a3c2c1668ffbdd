"""Let these tests import the fuzzing programme, which lies beside the package."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
