"""Workbooks: a table that is read from one, and the output of a batch that is written as one.

Reading::

    reading                     which sheet, which row names its columns, and its rows in chunks
    typed_cells                 from a cell to the value of a fact
    files marks                 what the library that reads the values leaves out, from the XML of the file
    xlsx_marks ods_marks        the same for each format

Writing::

    sheets overview             what each sheet says
    writing                     sheets line by line, whose cells have types
"""
