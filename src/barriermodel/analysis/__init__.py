"""Public names for software that analyses rules, profiles and tables.

The command line, batches, calibration and the test kit are built on them.

Each module groups the names of one subject. They are as public as those of :mod:`barriermodel`; docs/analysis.md
lists them.
"""
