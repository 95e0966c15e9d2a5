"""The demo: the bot and a Teams-like chat in the browser, started and ended together by one command."""
