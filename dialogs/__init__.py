"""The conversation, readable top to bottom. Pure: what was said and remembered in, replies and new memory out."""
