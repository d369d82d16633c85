"""Rights of the people recorded: what is kept of them, its correction, its end."""
