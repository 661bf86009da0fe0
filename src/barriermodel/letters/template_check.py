"""What is wrong in a template of a letter, in plain sentences, before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

import attrs

from barriermodel import InputError
from barriermodel.analysis.text import suggest
from barriermodel.plugin import Problem, parse_xml

from .fields import FIELDS, LOOP, Shape, sample
from .template_files import TemplatePart

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

FILTERS = ("join", "upper", "lower", "trim", "length")
"""What a template may do with a field."""
MAX_NESTED = 4
_ALLOWED = {
    "Template", "Output", "TemplateData", "For", "If", "Not", "And", "Or", "Compare", "Operand", "Const", "Filter",
    "Name", "Getattr",
}  # fmt: skip
_INSIDE = r"(?:(?!\{[{%#]).)*?"  # no other tag begins in a tag, so that a text of braces is searched once
_TAG = re.compile(rf"\{{\{{{_INSIDE}\}}\}}|\{{%{_INSIDE}%\}}|\{{#{_INSIDE}#\}}", re.DOTALL)
_BEGINS = re.compile(r"\{[{%#]|[}%#]\}")
_ALONE = re.compile(r"\{[%#]p\s")
_MARKED = re.compile(r"\{\{(?:p|r|tr|tc)\s|\{[%#](?:r|tr|tc)\s")
Scope: TypeAlias = Mapping[str, Shape]


def template_problems(parts: Iterable[TemplatePart], environment: Environment) -> Iterator[Problem]:
    """Yield what is wrong: tags that are cut, text that would be lost, code, and fields that no letter has."""
    parts, problems = list(parts), list[Problem]()
    for part in parts:
        try:
            problems += [*_cut_tags(part)] or [*_wrong_tags(part, environment)] or [*_broken(part, environment)]
        except RecursionError:
            problems.append(Problem(part.name, "a tag is too long, or nested too deep; make it simpler"))
    yield from problems
    if not problems and not any(_TAG.search(part.source) for part in parts):
        yield Problem("", "it has no field, such as {{ subject }}; `barriermodel letter --fields` lists them")


def _cut_tags(part: TemplatePart) -> Iterator[Problem]:
    for text in part.paragraphs:
        left = _TAG.sub("", text)
        if _BEGINS.search(left):
            yield Problem(part.name, f"a tag does not begin and end in one paragraph: {_shown(text)}")
        elif _MARKED.search(text):
            yield Problem(part.name, f"only {{%p … %}} and tags without a letter can be used here: {_shown(text)}")
        elif _ALONE.search(text) and left.strip():
            yield Problem(part.name, f"a tag with {{%p stands alone in its paragraph, or text is lost: {_shown(text)}")


def _broken(part: TemplatePart, environment: Environment) -> Iterator[Problem]:
    """Fill a part in with little and with nothing: where the result is no XML, Word would lose some of the text."""
    template = environment.from_string(part.source)
    for text, times in (("x", 2), ("", 0)):
        try:
            parse_xml(template.render(sample(FIELDS, text, times)).encode(), "", InputError)
        except TypeError as error:
            yield Problem(part.name, f"a text and a number are compared, or a filter does not fit: {error}")
            return
        except InputError:
            message = "a for or if begins inside a table cell or text box and ends outside it; keep it in"
            yield Problem(part.name, message)
            return


def _wrong_tags(part: TemplatePart, environment: Environment) -> Iterator[Problem]:
    from jinja2 import TemplateSyntaxError

    lines = re.sub(r"(\{[{%#])", r"\n\1", " ".join(part.source.split())).split("\n")  # a line for each tag
    try:
        tree = environment.parse("\n".join(lines))
    except TemplateSyntaxError as error:
        yield Problem(part.name, f"{_tag(lines, error.lineno)}: {error.message}")
        return
    if _loops_within(tree) > MAX_NESTED:
        yield Problem(part.name, f"more than {MAX_NESTED} for tags within each other; blocks, points and texts need 3")
        return
    yield from _Checker(part.name, lines).problems([tree], FIELDS)


def _loops_within(node: nodes.Node) -> int:
    """How deep loops are nested: each level multiplies what is written."""
    inner = max(map(_loops_within, node.iter_child_nodes()), default=0)
    return inner + (type(node).__name__ == "For")


def _is_text(node: nodes.Expr) -> bool:
    return isinstance(getattr(node, "value", None), str)


def _tag(lines: list[str], number: int) -> str:
    found = _TAG.match(lines[number - 1])
    return _shown(found[0] if found else lines[number - 1])


def _shown(text: str) -> str:
    return f"‘{text if len(text) <= 80 else f'{text[:79]}…'}’"


@attrs.define
class _Checker:
    """Walks the tags of a part, and knows what each name in them stands for."""

    part: str
    lines: list[str]

    def problems(self, found: Iterable[nodes.Node], scope: Scope) -> Iterator[Problem]:
        for node in found:
            kind = type(node).__name__
            if kind not in _ALLOWED or (kind == "Filter" and getattr(node, "name", "") not in FILTERS):
                allowed = f"only fields, for, if and the filters {', '.join(FILTERS)}"
                yield self._problem(node, f"a template runs no code; it may have {allowed}")
            elif kind == "For":
                yield from self._loop(node, scope)
            elif kind == "Output":
                for shown in node.iter_child_nodes():
                    yield from self._output(shown, scope)
            elif kind in ("Name", "Getattr"):
                _, problem = self._resolved(node, scope)
                yield from filter(None, [problem])
            else:
                yield from self.problems(node.iter_child_nodes(), scope)

    def _loop(self, node: nodes.Node, scope: Scope) -> Iterator[Problem]:
        from jinja2 import nodes

        assert isinstance(node, nodes.For)
        shape, problem = self._resolved(node.iter, scope)
        if problem:
            yield problem
        elif not isinstance(shape, list) or not isinstance(node.target, nodes.Name) or node.test or node.recursive:
            yield self._problem(node, "write {%p for item in FIELD %}, where the field is a list")
        else:
            yield from self.problems(node.body, {**scope, node.target.name: shape[0], "loop": LOOP})
            yield from self.problems(node.else_, scope)

    def _output(self, node: nodes.Node, scope: Scope) -> Iterator[Problem]:
        """What is printed has to be a text: anything else would be printed as Python writes it."""
        from jinja2 import nodes

        problems = [*self.problems([node], scope)]
        yield from problems
        if problems or isinstance(node, nodes.TemplateData):
            return
        filters: list[nodes.Filter] = []
        inner: nodes.Node | None = node
        while isinstance(inner, nodes.Filter):
            filters.append(inner)
            inner = inner.node
        plain = all(_is_text(argument) for one in filters for argument in one.args)
        if not isinstance(inner, nodes.Name | nodes.Getattr) or not plain:
            yield self._problem(node, "only a field can be shown, such as {{ subject }} or {{ list|join(', ') }}")
            return
        first = filters[-1].name if filters else ""
        shape, _ = self._resolved(inner, scope)
        if shape is not None and first != "length" and (first, shape) != ("join", [None]):
            yield self._problem(node, "this is a list or has parts; write {%p for item in FIELD %}, or name a part")

    def _resolved(self, node: nodes.Node, scope: Scope) -> tuple[Shape, Problem | None]:
        """What a name or a part of one stands for."""
        from jinja2 import nodes

        if isinstance(node, nodes.Name):
            return self._member(node, node.name, scope)
        if isinstance(node, nodes.Getattr):
            shape, problem = self._resolved(node.node, scope)
            return (shape, problem) if problem else self._member(node, node.attr, shape)
        return None, next(self.problems([node], scope), None) or self._problem(node, "write the name of a field")

    def _member(self, node: nodes.Node, name: str, within: Shape) -> tuple[Shape, Problem | None]:
        known = within if isinstance(within, Mapping) else {}
        if name in known:
            return known[name], None
        hint = suggest(name, list(known)) or "; `barriermodel letter --fields` lists them"
        return None, self._problem(node, f"there is no field {name!r} here{hint}")

    def _problem(self, node: nodes.Node, message: str) -> Problem:
        return Problem(self.part, f"{_tag(self.lines, node.lineno)}: {message}")
