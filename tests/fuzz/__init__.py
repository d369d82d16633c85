"""Fuzzing of the doors: `python -m tests.fuzz importer` where atheris is installed.

What was once found stays in `corpus/` and is read again by every ordinary run of the tests.
"""
