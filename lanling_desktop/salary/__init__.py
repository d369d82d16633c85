"""3岗18级: schemes as data, grades with their reasons, months of pay that explain every fen."""
