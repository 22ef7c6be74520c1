"""What every form needs to read its texts: the rule's scope, its declared type, and the sources that it may cite."""

from __future__ import annotations

from dataclasses import dataclass, replace

from civil_aid_rules.citations import Citation
from civil_aid_rules.compiler.expressions.elaborate import condition, elaborate
from civil_aid_rules.compiler.expressions.faults import FAULTY
from civil_aid_rules.compiler.expressions.fitting import conform
from civil_aid_rules.compiler.expressions.paths import narrowed_by
from civil_aid_rules.compiler.forms.binding import parsed
from civil_aid_rules.compiler.read_values import read_citations
from civil_aid_rules.compiler.scope import RuleScope, Typed
from civil_aid_rules.compiler.wording import A_NUMBER, YES_OR_NO, type_words
from civil_aid_rules.errors import problem
from civil_aid_rules.ir.nodes import Constant, Node
from civil_aid_rules.ir.types import NumberType, Type, YesNoType
from civil_aid_rules.packs.blocks import Text
from civil_aid_rules.packs.models import Cite, SourceBlock


@dataclass(frozen=True, slots=True)
class RuleReader:
    """Reads the texts of one rule. What a condition says about none holds for the reader `where` it holds."""

    scope: RuleScope
    type: Type
    sources: dict[str, SourceBlock]

    def value(self, text: Text, what: str) -> Node:
        """An expression of the rule's own type; `what` names the part of the rule."""
        expression = parsed(text, self.scope)
        if expression is None:
            return Constant(0)
        return conform(elaborate(expression, self.scope), self.type, expression.at, self.scope, what)

    def typed(self, text: Text) -> Typed:
        """An expression of any type."""
        expression = parsed(text, self.scope)
        return FAULTY if expression is None else elaborate(expression, self.scope)

    def test(self, text: Text) -> Node:
        """An expression that is yes or no."""
        expression = parsed(text, self.scope)
        return Constant(False) if expression is None else condition(expression, self.scope).node

    def where(self, text: Text, *, holds: bool) -> RuleReader:
        """The reader for what is only looked at where the condition holds (or does not)."""
        faults = len(self.scope.problems)
        expression = parsed(text, self.scope)
        del self.scope.problems[faults:]  # reported where the condition itself is read
        if expression is None:
            return self
        return replace(self, scope=self.scope.narrow(narrowed_by(expression, holds)))

    def cited(self, cite: Cite | None) -> tuple[Citation, ...]:
        """The citations of a part of the rule."""
        return read_citations(cite, self.sources, self.scope.problems)

    def fault(self, code: str, text: Text, found: object, expected: object) -> None:
        """Report a fault at a text of the rule."""
        self.scope.problems.append(problem(code, text.at, found=found, expected=expected))

    def refuse_twice(self, name: str, text: Text, seen: set[str]) -> None:
        """Report an id that the rule has used before."""
        if name in seen:
            self.fault("name-twice-in-rule", text, name, 1)
        seen.add(name)

    def must_be_number(self, text: Text) -> None:
        """Report a form that gives a number in a rule of another type."""
        if not isinstance(self.type, NumberType):
            self.fault("type-mismatch", text, type_words(self.type), A_NUMBER)

    def must_be_yes_no(self, text: Text) -> None:
        """Report a form that gives yes or no in a rule of another type."""
        if not isinstance(self.type, YesNoType):
            self.fault("type-mismatch", text, YES_OR_NO, type_words(self.type))
