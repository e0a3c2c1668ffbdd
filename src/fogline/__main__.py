"""``python -m fogline`` is the same as ``fogline``."""

from .cli import main

main()
