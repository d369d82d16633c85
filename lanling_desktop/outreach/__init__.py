"""The outer ring: units of the area, part-time members, stations, merchants, organisations."""
