"""The office: records, rules, papers. Knows no screen; nothing here imports PySide6 or ui."""

__version__ = "0.1.0"
