"""Persons and the households they live in."""
