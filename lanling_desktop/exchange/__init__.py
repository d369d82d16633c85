"""Excel in and out: what comes from outside is counted before it is read."""
