"""Fixtures shared by all tests; each kind lives in its own module."""

from hypothesis import settings

pytest_plugins = ["tests.fixtures.databases", "tests.fixtures.world", "tests.fixtures.browser"]

# Machines are shared: how long one example took says nothing, speed has tests and benchmarks of its own.
# The examples are the same at every run, so that a red run is a change's fault; `--hypothesis-profile exploring`
# looks for new ones.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("exploring", deadline=None)
settings.load_profile("steady")
