"""Many providers at once: what an assessed table says of each row, and counts over all rows.

    open_rules       where rules are open, whether that matters, and what they lack, in columns
    rows             the columns as one record for each row
    words            what each hit is in a few words
    portfolio        all of it, with counts
    making           from a table of any engine

It computes in Polars, whatever the table is.
"""
