"""How much Hypothesis tries: the profile `fast` on every change, `nightly` once a day.

`fast` tries the same examples each time, so that no change is red by chance, and two runs take as long and notice the
same mistakes. What chance finds is the work of the night, which prints how to repeat it.

    pytest -n auto --dist loadfile                                        on every change
    pytest -n auto --dist loadfile -m "" --hypothesis-profile nightly     at night: also the tests marked nightly
    pytest --collect-only -q | tail -1                                    how many tests the one and the other run

A file at a time (`loadfile`), so that what a file prepares for its tests is prepared once. Without `-n` a single file
starts a second sooner.
"""

from hypothesis import HealthCheck, settings

slow_is_fine = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("fast", max_examples=25, derandomize=True, **slow_is_fine)
settings.register_profile("nightly", max_examples=500, print_blob=True, **slow_is_fine)
settings.load_profile("fast")
