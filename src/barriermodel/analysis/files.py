"""Reading and writing files safely."""

from ..atomic import drafting as drafting
from ..atomic import unwritable as unwritable
from ..atomic import write_file as write_file
from ..atomic import write_folder as write_folder
from ..files import check_ordinary as check_ordinary
from ..files import is_path as is_path
from ..files import is_same as is_same
from ..files import is_stdout as is_stdout
from ..files import kept as kept
from ..files import leads_outside as leads_outside
from ..files import open_ordinary as open_ordinary
from ..files import read_given as read_given
from ..files import read_inside as read_inside
from ..files import reason as reason
