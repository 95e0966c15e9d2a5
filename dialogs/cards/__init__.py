"""One pure function per card: texts and what to show in, an Adaptive Card 1.5 out."""
