"""Pages: what people look at. HTML in one file, without a script or a request, that prints on A4."""
