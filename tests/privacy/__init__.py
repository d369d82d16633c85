"""Tests of the rights of the people recorded."""
