"""Tables in files: read strictly, assessed as they stream by, and written whole or not at all.

A table goes through these modules in this order::

    opening                                          which file, which map, one lazy frame
    text_files csv_header csv_files                  a file as chunks of rows
    json_lines parquet folders workbooks.reading
    mapping readings columns                         which column holds which fact
    chunks convert column_reading numerals           from a cell to the value of a fact
    stated_facts                                     what the map states about all rows
    job run                                          assess, count and write, chunk by chunk
    summary                                          what is counted
    summary_text summary_notes summary_full          how it is printed: one screen, or all of it
    summary_writer summary_data words                the same for both, and for programs
    writers dialect rejects                          the output, and the rows that could not be read
    workbooks.sheets                                 the output as a workbook

``listing`` shows which columns a profile reads, as a list or as a map to fill in.
"""

from .opening import check_extra, open_table

__all__ = ["check_extra", "open_table"]
