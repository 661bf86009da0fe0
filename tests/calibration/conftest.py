"""Makes the helpers of these tests importable."""

import sys
from pathlib import Path

TESTS = Path(__file__).absolute().parent.parent
sys.path[:0] = [str(Path(__file__).parent), str(TESTS / "tables"), str(TESTS / "benchmarks")]
