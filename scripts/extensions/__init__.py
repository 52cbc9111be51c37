"""Markdown extensions: they turn a page's Markdown, and what the guide knows, into the page."""
