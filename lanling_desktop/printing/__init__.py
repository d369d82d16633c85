"""The kit every paper is drawn with: fonts, lines of Chinese, rosters, forms, cards, PDF/A."""
