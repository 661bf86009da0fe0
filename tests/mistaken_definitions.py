"""Barriers, kinds and hooks as people wrote them at first, and what must be told of each. ``test_mistakes.py`` uses it.

What is told begins with the file and the line that has ``# here``. Above each stands what :data:`HEAD` says.
"""

from __future__ import annotations

HEAD = """
from __future__ import annotations
import dataclasses, enum, functools, time
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Optional
from barriermodel import *
from barriermodel.plugin import *
L = Limit(assumed=True)
class Size(enum.Enum):
    SMALL = "small"
@evidence("mistake_answers")
class Answers:
    flag: Fact[bool] = UNKNOWN
    count: Fact[int] = UNKNOWN
    amount: Fact[Money] = UNKNOWN
    day: Fact[date] = UNKNOWN
b = Barrier("test.mistakes", concern=Concern.QUALITY)
"""
RULE = "@b.signal(level=Level.RED)\n"

DEFINITIONS: dict[str, tuple[str, str]] = {
    # decorators
    "evidence without parentheses": ("""
@evidence # here
class K:
    flag: Fact[bool] = UNKNOWN
""", "@evidence(\"kind_of_evidence\")"),
    "evidence without id": ("""
@evidence() # here
class K:
    flag: Fact[bool] = UNKNOWN
""", "id"),
    "evidence with a title": ("""
@evidence("k", title="K") # here
class K:
    flag: Fact[bool] = UNKNOWN
""", "'title'"),
    "evidence with a misspelt argument": ("""
@evidence("k", confidental=True) # here
class K:
    flag: Fact[bool] = UNKNOWN
""", "did you mean 'confidential'"),
    "evidence on a function": ("""
@evidence("k") # here
def k(): return 1
""", "class"),
    "evidence on a dataclass": ("""
@evidence("k") # here
@dataclasses.dataclass
class K:
    flag: Fact[bool] = UNKNOWN
""", "dataclass"),
    "evidence without facts": ("""
@evidence("k") # here
class K:
    pass
""", "Fact[bool] = UNKNOWN"),
    "record with parentheses": ("""
@record() # here
class R:
    flag: Fact[bool] = UNKNOWN
""", "@record"),
    "a class of facts without a decorator": ("""
class K:
    flag: Fact[bool] = UNKNOWN
@b.condition
def rule(k: K) -> Fact[bool]: # here
    return k.flag
""", "@evidence"),
    "signal without parentheses": ("""
@b.signal # here
def rule(a: Answers) -> Fact[bool]:
    return a.flag
""", "signal(level="),
    "requirement without parentheses": ("""
@b.requirement # here
def rule(a: Answers) -> Fact[bool]:
    return a.flag
""", "requirement(level="),
    "condition with parentheses": ("""
@b.condition() # here
def rule(a: Answers) -> Fact[bool]:
    return a.flag
""", "@barrier.condition"),
    "level missing": ("""
@b.signal() # here
def rule(a: Answers) -> Fact[bool]:
    return a.flag
""", "level=Level."),
    "level as text": ("""
@b.signal(level="red") # here
def rule(a: Answers) -> Fact[bool]:
    return a.flag
""", "Level.RED"),
    "level green": ("""
@b.signal(level=Level.GREEN) # here
def rule(a: Answers) -> Fact[bool]:
    return a.flag
""", "Level.ORANGE"),
    "applies is a function": ("""
def applies(a: Answers) -> Fact[bool]:
    return a.flag
@b.signal(level=Level.RED, applies=applies) # here
def rule(a: Answers) -> Fact[bool]:
    return a.flag
""", "@barrier.condition"),
    "a method as a rule": ("""
class Rules:
    @b.condition
    def rule(self, a: Answers) -> Fact[bool]: # here
        return a.flag
""", "outside the class"),
    "a lambda": ("""
b.condition(lambda a: a.flag) # here
""", "def"),
    "a partial": ("""
def rule(a: Answers, *, most: Annotated[int, L] = 3) -> Fact[bool]:
    return a.count > most
b.condition(functools.partial(rule, most=3)) # here
""", "def"),
    "a class as a rule": ("""
@b.condition # here
class Rule:
    pass
""", "def"),
    "two rules of one name": (f"""
{RULE}def rule(a: Answers) -> Fact[bool]:
    return a.flag
{RULE}def rule(a: Answers) -> Fact[bool]: # here
    return a.flag
""", "rule"),
    "a barrier id without owner": ("""
Barrier("housing", concern=Concern.QUALITY) # here
""", "nl.kvk"),
    "a concern as text": ("""
Barrier("test.x", concern="quality") # here
""", "Concern.QUALITY"),
    # signatures
    "no parameters": ("""
@b.condition
def rule() -> Fact[bool]: # here
    return True
""", "evidence"),
    "no annotation": ("""
@b.condition
def rule(a) -> Fact[bool]: # here
    return a.flag
""", "a: Answers"),
    "a fact as a parameter": ("""
@b.condition
def rule(flag: bool) -> Fact[bool]: # here
    return flag
""", "@evidence class"),
    "a misspelt derived fact": ("""
@b.derived
def years_rented(a: Answers) -> int:
    return a.count
@b.condition
def rule(year_rented: Fact[int]) -> Fact[bool]: # here
    return year_rented > 3
""", "did you mean 'years_rented'"),
    "a derived fact as its type": ("""
@b.derived
def years_rented(a: Answers) -> int:
    return a.count
@b.condition
def rule(years_rented: int) -> Fact[bool]: # here
    return years_rented > 3
""", "Fact[int]"),
    "optional evidence": ("""
@b.condition
def rule(a: Optional[Answers]) -> Fact[bool]: # here
    return a.flag
""", "a: Answers"),
    "evidence as a fact": ("""
@b.condition
def rule(a: Fact[Answers]) -> Fact[bool]: # here
    return a.flag
""", "a: Answers"),
    "a list of evidence": ("""
@b.derived
def many(a: list[Answers]) -> int: # here
    return 1
""", "Sequence[Item[Answers]]"),
    "items of evidence without Item": ("""
@b.derived
def many(a: Sequence[Answers]) -> int: # here
    return 1
""", "Sequence[Item[Answers]]"),
    "a date as a parameter": ("""
@b.condition
def rule(a: Answers, as_of: date) -> Fact[bool]: # here
    return a.day < as_of
""", "AsOf"),
    "the dossier as a parameter": ("""
@b.condition
def rule(dossier: Dossier) -> Fact[bool]: # here
    return dossier.as_of > date(2026, 1, 1)
""", "AsOf"),
    "the type of a name that is not there": ("""
@b.condition
def rule(a: Anwsers) -> Fact[bool]: # here
    return a.flag
""", "did you mean 'Answers'"),
    "a limit with a default and no star": ("""
@b.condition
def rule(a: Answers, most: Annotated[int, L] = 3) -> Fact[bool]: # here
    return a.count > most
""", "`*,` before 'most'"),
    "a limit without Limit": ("""
@b.condition
def rule(a: Answers, *, most: int = 3) -> Fact[bool]: # here
    return a.count > most
""", "Annotated[int, Limit(source="),
    "a limit without annotation": ("""
@b.condition
def rule(a: Answers, *, most=3) -> Fact[bool]: # here
    return a.count > most
""", "Annotated[int, Limit(source="),
    "a limit without default": ("""
@b.condition
def rule(a: Answers, *, most: Annotated[int, L]) -> Fact[bool]: # here
    return a.count > most
""", "= …"),
    "a limit that is a Fact": ("""
@b.condition
def rule(a: Answers, *, most: Annotated[Fact[int], L] = 3) -> Fact[bool]: # here
    return a.count > most
""", "Annotated[int, "),
    "an amount as a number": ("""
@b.condition
def rule(a: Answers, *, most: Annotated[Money, L] = 1000) -> Fact[bool]: # here
    return a.amount > most
""", "euro(1000)"),
    "a date as text": ("""
@b.condition
def rule(a: Answers, *, first: Annotated[date, L] = "2026-01-01") -> Fact[bool]: # here
    return a.day > first
""", "date(2026, 1, 1)"),
    "an enumeration as text": ("""
@b.condition
def rule(p: Provider, *, form: Annotated[LegalForm, L] = "bv") -> Fact[bool]: # here
    return p.legal_form == form
""", "LegalForm.BV"),
    "a list as a limit": ("""
@b.condition
def rule(a: Answers, *, most: Annotated[list[int], L] = [3]) -> Fact[bool]: # here
    return one_of(a.count, *most)
""", "tuple[int, ...]"),
    "a tuple without dots": ("""
@b.condition
def rule(a: Answers, *, most: Annotated[tuple[int, int], L] = (3, 4)) -> Fact[bool]: # here
    return one_of(a.count, *most)
""", "tuple[int, ...]"),
    "a default outside its bounds": ("""
@b.condition
def rule(a: Answers, *, most: Annotated[int, Between(0, 10), L] = 30) -> Fact[bool]: # here
    return a.count > most
""", "at most 10"),
    "arguments of any number": ("""
@b.condition
def rule(*a: Answers) -> Fact[bool]: # here
    return a[0].flag
""", "*args"),
    "evidence after the star": ("""
@b.condition
def rule(*, a: Answers) -> Fact[bool]: # here
    return a.flag
""", "before `*`"),
    "a limit of two defaults": ("""
@b.condition
def one(a: Answers, *, most: Annotated[int, L] = 3) -> Fact[bool]:
    return a.count > most
@b.condition
def two(a: Answers, *, most: Annotated[int, L] = 4) -> Fact[bool]: # here
    return a.count > most
""", "'most' is declared twice"),
    "a parameter that is not used": ("""
@b.condition
def rule(a: Answers, provider: Provider) -> Fact[bool]: # here
    return a.flag
""", "'provider' is not used"),
    "a limit that is not used": ("""
@b.condition
def rule(a: Answers, *, most: Annotated[int, L] = 3) -> Fact[bool]: # here
    return a.count > 3
""", "'most' is not used"),
    "a derived fact's parameter that is not used": ("""
@b.derived
def number(a: Answers, provider: Provider) -> int: # here
    return a.count
""", "'provider' is not used"),
    "a word that is not imported": ("""
import barriermodel
del globals()["ratio"]
@b.condition
def rule(a: Answers) -> Fact[bool]:
    return ratio(a.count, 2) > 3 # here
""", "from barriermodel.plugin import ratio"),
    # what is returned
    "nothing is returned": ("""
@b.condition
def rule(a: Answers) -> Fact[bool]:
    a.flag # here
""", "return"),
    "no return on its own": ("""
@b.condition
def rule(a: Answers) -> Fact[bool]:
    return # here
""", "return"),
    "a constant is returned": ("""
@b.condition
def rule(a: Answers) -> Fact[bool]:
    x = a.flag
    return True # here
""", "returned True"),
    "a number is returned": ("""
@b.condition
def rule(a: Answers) -> Fact[bool]:
    return a.count # here
""", "compare it"),
    "a tuple is returned": ("""
@b.condition
def rule(a: Answers) -> Fact[bool]:
    return a.flag, a.count > 3 # here
""", "all_of(...)"),
    "evidence is returned": ("""
@b.condition
def rule(a: Answers) -> Fact[bool]:
    return a # here
""", "name the fact"),
    "a derived fact without a return type": ("""
@b.derived
def number(a: Answers): # here
    return a.count
""", "-> "),
    "a derived fact that returns a list": ("""
@b.derived
def number(a: Answers) -> list[int]: # here
    return [a.count]
""", "one value"),
    "a rule that says it returns a number": ("""
@b.condition
def rule(a: Answers) -> Fact[int]: # here
    return a.flag
""", "-> Fact[bool]"),
    "a derived fact of a provider": ("""
@b.derived
def number(p: Provider) -> int: # here
    return 3
""", "evidence class"),
    "a derived fact of another": ("""
@b.derived
def number(a: Answers) -> int:
    return a.count
@b.derived
def twice(a: Answers, number: Fact[int]) -> int: # here
    return 2 * number
""", "call"),
    "a derived fact that is async": ("""
@b.derived
async def number(a: Answers) -> int: # here
    return a.count
""", "async"),
    "a derived fact that yields": ("""
@b.derived
def number(a: Answers) -> int: # here
    yield a.count
""", "generator"),
    # names and limits
    "a name that is given twice": ("""
@b.signal(level=Level.RED)
def rule(a: Answers) -> Fact[bool]: # here
    return (named("x", a.count) > 3) & (named("x", a.count + 1) > 3)
""", "'x' is used twice"),
    "a limit with neither": ("""
Limit() # here
""", "source"),
    # kinds
    "a bool that is no Fact": ("""
@evidence("k") # here
class K:
    flag: bool = UNKNOWN
""", "flag: Fact[bool] = UNKNOWN"),
    "a Fact without a default": ("""
@evidence("k") # here
class K:
    flag: Fact[bool]
""", "= UNKNOWN"),
    "a Fact with a default": ("""
@evidence("k") # here
class K:
    flag: Fact[bool] = False
""", "= UNKNOWN"),
    "an optional": ("""
@evidence("k") # here
class K:
    flag: Optional[bool] = None
""", "flag: Fact[bool] = UNKNOWN"),
    "a list as a default": ("""
@evidence("k") # here
class K:
    names: Fact[list[str]] = []
""", "tuple[str, ...]"),
    "a list as a fact": ("""
@evidence("k") # here
class K:
    names: Fact[list[str]] = UNKNOWN
""", "tuple[str, ...]"),
    "a float for money": ("""
@evidence("k") # here
class K:
    when: Fact[datetime] = UNKNOWN
""", "Fact[date]"),
    "an attribute without annotation": ("""
@evidence("k") # here
class K:
    flag: Fact[bool] = UNKNOWN
    other = UNKNOWN
""", "other: Fact"),
    "an enumeration of numbers": ("""
class Number(enum.Enum):
    ONE = 1
@evidence("k") # here
class K:
    number: Fact[Number] = UNKNOWN
""", "text"),
    "bounds that are swapped": ("""
@evidence("k") # here
class K:
    year: Annotated[Fact[int], Between(2199, 1900)] = UNKNOWN
""", "Between(1900, 2199)"),
    "bounds of another type": ("""
@evidence("k") # here
class K:
    day: Annotated[Fact[date], Between(1900, 2199)] = UNKNOWN
""", "Between takes dates"),
    "bounds that are text": ("""
@evidence("k") # here
class K:
    day: Annotated[Fact[date], Between("1900-01-01")] = UNKNOWN
""", "date(1900, 1, 1)"),
    "bounds of a text": ("""
@evidence("k") # here
class K:
    name: Annotated[Fact[str], Between(1, 10)] = UNKNOWN
""", "name"),
    "bounds beside the fact": ("""
@evidence("k") # here
class K:
    year: Fact[Annotated[int, Between(1900, 2199)]] = UNKNOWN
""", "Annotated[Fact[int]"),
    "bounds without parentheses": ("""
@evidence("k") # here
class K:
    year: Annotated[Fact[int], Between] = UNKNOWN
""", "Between("),
    "valid_for as a number": ("""
@evidence("k", valid_for=18) # here
class K:
    flag: Fact[bool] = UNKNOWN
""", "Months("),
    "one_per of no fact": ("""
@evidence("k", one_per="yaer") # here
class K:
    year: Fact[int] = UNKNOWN
""", "did you mean 'year'"),
    "a label that is text": ("""
@evidence("k") # here
class K:
    x: Annotated[Fact[bool], "gehuurd"] = UNKNOWN
""", "what it is called in words/nl.toml"),
    "a derived fact with a label": ("""
@b.derived(label="jaren") # here
def number(a: Answers) -> int:
    return a.count
""", "@barrier.derived, without parentheses"),
    "a law that is a number": ("""
@b.signal(level=Level.RED, basis=3) # here
def rule(a: Answers) -> Fact[bool]:
    return a.flag
""", "a key of [law.…] in the words files"),
    "a law that is a text": ("""
@b.signal(level=Level.RED, basis="Jeugdwet 8.3.1") # here
def rule(a: Answers) -> Fact[bool]:
    return a.flag
""", "in snake_case; got 'Jeugdwet 8.3.1'"),
    "a finding": ("""
@b.signal(level=Level.RED, finding="Too high.") # here
def rule(a: Answers) -> Fact[bool]:
    return a.flag
""", "'finding'"),
    "a doubt that is a text": ("""
@b.signal(level=Level.RED, unverified="The paragraph.") # here
def rule(a: Answers) -> Fact[bool]:
    return a.flag
""", "its text stands in the words files"),
    "a name with its label": ("""
@b.signal(level=Level.RED)
def rule(a: Answers) -> Fact[bool]:
    return named("twice", a.count + a.count, nl="dubbel", en="twice") > 3 # here
""", 'named("name", value)'),
    "a kind with a law that is a number": ("""
@evidence("k", basis=3) # here
class K:
    x: Fact[bool] = UNKNOWN
""", "a key of [law.…] in the words files"),
    "a retention that is a text": ("""
@evidence("k", retention="Two years.") # here
class K:
    x: Fact[bool] = UNKNOWN
""", "its text stands in the words files"),
    "confidential as text": ("""
@evidence("k", confidential="no") # here
class K:
    x: Fact[bool] = UNKNOWN
""", "True or False"),
    "a Fact of nothing": ("""
@evidence("k") # here
class K:
    x: Fact = UNKNOWN
""", "Fact[bool]"),
    "a tuple of one": ("""
@record
class R:
    x: Fact[bool] = UNKNOWN
@evidence("k") # here
class K:
    many: Fact[tuple[R]] = UNKNOWN
""", "tuple[R, ...]"),
    "a record as a fact": ("""
@record
class R:
    x: Fact[bool] = UNKNOWN
@evidence("k") # here
class K:
    one: Fact[R] = UNKNOWN
""", "tuple[R, ...]"),
    # readers
    "a reader of one format": ("""
Reader(id="rents", formats="csv", read=list) # here
""", '("json",)'),
    "a reader that calls its function": ("""
Reader(id="rents", formats=("csv",), read=list()) # here
""", "a function read="),
    "a typed over reader of a class without a decorator": ("""
class K:
    flag: Fact[bool] = UNKNOWN
manual_entry_reader("rents", K) # here
""", "@evidence"),
    # the clock
    "the clock under an alias": ("""
from datetime import date as day
@b.condition
def rule(a: Answers) -> Fact[bool]:
    return a.day < day.today() # here
""", "as_of: AsOf"),
    "the clock by its function": ("""
now = datetime.now
@b.condition
def rule(a: Answers) -> Fact[bool]:
    return a.day < now().date() # here
""", "as_of: AsOf"),
    "the clock in a helper": ("""
def today():
    return date.today() # here
@b.condition
def rule(a: Answers) -> Fact[bool]:
    return a.day < today()
""", "as_of: AsOf"),
    "the clock in a derived fact": ("""
@b.derived
def age(a: Answers) -> int:
    return date.today().year - a.day.year # here
""", "as_of: AsOf"),
    "the clock in a helper of a derived fact": ("""
from time import time as ticks
def seconds():
    return ticks() # here
@b.derived
def age(a: Answers) -> int:
    return int(seconds()) - a.count
""", "as_of: AsOf"),
    "the clock in an opaque rule": ("""
@b.signal(level=Level.RED, opaque=True)
def rule(a: Answers) -> Fact[bool]:
    return a.day < datetime.utcnow().date() # here
""", "as_of: AsOf"),
    "the clock imported in a derived fact": ("""
@b.derived
def age(a: Answers) -> int:
    from time import time # here
    return int(time()) - a.count
""", "as_of: AsOf"),
    "the clock through partial": ("""
clock = functools.partial(time.time)
@b.derived
def age(a: Answers) -> int:
    return int(clock()) - a.count # here
""", "as_of: AsOf"),
    "the clock through map": ("""
@b.derived
def age(a: Answers) -> int:
    return int(next(map(float, iter(time.time, None)))) - a.count # here
""", "as_of: AsOf"),
    "the clock in a method": ("""
class Helper:
    def now(self) -> float:
        return time.time_ns() # here
@b.derived
def age(a: Answers) -> int:
    helper = Helper
    return int(helper().seconds()) - a.count
""", "as_of: AsOf"),
    "the clock in the method of a thing": ("""
class Helper:
    def year(self) -> int:
        return date.today().year # here
helper = Helper()
@b.derived
def age(a: Answers) -> int:
    return helper.year() - a.count
""", "as_of: AsOf"),
    "the clock in a thing that is called": ("""
class Helper:
    def __call__(self) -> int:
        return date.today().year # here
helper = Helper()
@b.derived
def age(a: Answers) -> int:
    return helper() - a.count
""", "as_of: AsOf"),
    "the clock of the dossier's date": ("""
@b.derived
def age(a: Answers, as_of: AsOf) -> int:
    return as_of.today().year - a.day.year # here
""", "as_of: AsOf"),
    "the clock in a function in a derived fact": ("""
@b.derived
def age(a: Answers) -> int:
    def year() -> int:
        return date.today().year # here
    return year() - a.day.year
""", "as_of: AsOf"),
    "the clock in a condition": ("""
@b.condition
def rule(a: Answers) -> Fact[bool]:
    return a.count < time.monotonic() # here
""", "clock"),
    # other calls
    "a rule that calls a rule": ("""
@b.condition
def one(a: Answers) -> Fact[bool]:
    return a.flag
@b.condition
def two(a: Answers) -> Fact[bool]:
    return one(a) # here
""", "write its expression here"),
    "a rule that calls itself": ("""
@b.condition
def one(a: Answers) -> Fact[bool]:
    return a.flag & one(a) # here
""", "itself"),
    "a helper with an and": ("""
def both(a):
    return a.flag and a.count > 3
@b.condition
def one(a: Answers) -> Fact[bool]:
    return both(a) # here
""", "derived fact"),
}  # fmt: skip
