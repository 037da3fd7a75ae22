"""Fixtures shared by all tests; each kind lives in its own module."""

from hypothesis import settings

pytest_plugins = ["tests.fixtures.databases", "tests.fixtures.world", "tests.fixtures.browser"]

# Machines are shared: how long one example took says nothing, speed has tests and benchmarks of its own.
settings.register_profile("shared machine", deadline=None)
settings.load_profile("shared machine")
