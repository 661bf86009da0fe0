"""Settings of all core tests; makes the helpers beside this file importable."""

import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))

settings.register_profile("barriermodel", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("barriermodel")
