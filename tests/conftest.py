"""Fixtures shared by all tests; each kind lives in its own module."""

pytest_plugins = ["tests.fixtures.databases", "tests.fixtures.world", "tests.fixtures.browser"]
