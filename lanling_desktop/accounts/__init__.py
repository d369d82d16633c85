"""Who may open the office, and what each may see and do there."""
