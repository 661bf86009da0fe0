"""Pages: what people look at, as HTML in one file."""

from ..pages.charts import columns as columns
from ..pages.charts import stack as stack
from ..pages.lines import lines_page as lines_page
from ..pages.rendering import in_notebook as in_notebook
from ..pages.rendering import render as render
from ..pages.rendering import say as say
