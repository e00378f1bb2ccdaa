"""Weaving: a chapter's text and its hidden half become notebooks."""
