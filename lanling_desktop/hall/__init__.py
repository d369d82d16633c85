"""红色议事厅: the monthly meeting of a compound, its matters and what became of them."""
