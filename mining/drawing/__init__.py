"""The process map as a picture: places, lines and labels, and the picture as SVG."""
