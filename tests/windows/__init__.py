"""What Windows does otherwise, imposed on Linux (shared windows.md, 6 B)."""
