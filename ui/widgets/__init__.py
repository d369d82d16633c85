"""What every screen is built of, written once."""
