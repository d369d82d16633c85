"""The screens of the office program."""
