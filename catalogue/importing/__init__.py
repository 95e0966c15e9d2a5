"""Importing the catalogue from the files that staff keep: CSV and Excel, in Danish, checked row by row."""

from catalogue.importing.problems import Problem, UnreadableFileError
from catalogue.importing.reading import Parsed, Part, read_file
from catalogue.importing.template import write_template

__all__ = ["Parsed", "Part", "Problem", "UnreadableFileError", "read_file", "write_template"]
