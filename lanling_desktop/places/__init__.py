"""Where people live: communities, compounds, buildings.

Below `people`, because a household's address stands on them; the party tree stands on people.
"""
