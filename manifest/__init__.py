"""The app as Teams knows it: manifest, its English translation, icons, and the build of the zip.

``manifest.json`` is the Danish original with placeholders, ``en.json`` the translation. ``color.svg`` and
``outline.svg`` are the sources of the icons: ``color.png`` (192 x 192) and ``outline.png`` (32 x 32) are their
screenshots in a headless browser with a transparent background.
"""
