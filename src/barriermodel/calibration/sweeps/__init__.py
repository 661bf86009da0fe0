"""What other limits would advise: the advice of every setting of some parameters, over a table."""
