"""Everything that is shaped by Teams and HTTP; no other room knows the Bot Framework SDK."""
