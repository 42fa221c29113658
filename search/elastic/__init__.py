"""Elasticsearch; imported only where the settings name one."""
