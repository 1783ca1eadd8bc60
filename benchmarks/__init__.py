"""Measures against a bare baseline in the same run; never part of the tests."""
