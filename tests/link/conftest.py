"""Let these tests use the claims made by hand beside them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
