"""Campaigns in the forms that people take home: CSV, GeoJSON, KML. Nothing here knows the web."""
