"""网格: the service cells of a community, what they cover, who works in them and since when."""
