"""Measuring the product against what one would pick instead."""
