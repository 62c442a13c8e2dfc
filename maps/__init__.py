"""Pictures of a campaign: the Folium map, its data files, and the browser files that draw it.

Importing this package loads neither Folium nor pandas; `maps.render` does.
"""
