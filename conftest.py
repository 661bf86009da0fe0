"""How much Hypothesis tries: `fast` on every change, `nightly` once a day (`--hypothesis-profile nightly`).

`fast` tries the same examples each time, so that a change is never red by chance and two runs take as long and notice
the same mistakes; what chance finds is the work of the night, which also shows how to repeat it.
"""

from hypothesis import HealthCheck, settings

slow_is_fine = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("fast", max_examples=25, derandomize=True, **slow_is_fine)
settings.register_profile("nightly", max_examples=500, print_blob=True, **slow_is_fine)
settings.load_profile("fast")
