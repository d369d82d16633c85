"""What every module stands on: Field, Record, Register, Office, store, journal, search."""
