"""The commands of ``geo-service``, one a module."""
