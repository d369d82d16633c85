"""National standards as pure functions and tables; stands on nothing else of the program."""
