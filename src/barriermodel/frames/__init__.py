"""The same expressions on dataframes, with narwhals."""
