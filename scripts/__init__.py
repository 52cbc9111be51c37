"""The verbs of the guide, what they know (guide/) and what turns it into pages (extensions/)."""
