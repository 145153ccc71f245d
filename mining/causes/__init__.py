"""What goes with an outcome of a case: influence of attribute values, raw and after all other factors.

Every finding is an association of the log. A "cause candidate" is one that the other known factors do not explain; only
a change of the process shows whether it is a cause.
"""

from mining.causes.attributes import Attribute, attributes_of
from mining.causes.conditions import Condition
from mining.causes.findings import Adjusted, Finding, Influence
from mining.causes.outcomes import Outcome
from mining.causes.results import Causes, OutcomeCauses, Rules
from mining.causes.search import FIRST_CLEAR, Search, find_causes
from mining.causes.sentences import sentence
from mining.causes.tree import Node, grow

__all__ = [
    "FIRST_CLEAR",
    "Adjusted",
    "Attribute",
    "Causes",
    "Condition",
    "Finding",
    "Influence",
    "Node",
    "Outcome",
    "OutcomeCauses",
    "Rules",
    "Search",
    "attributes_of",
    "find_causes",
    "grow",
    "sentence",
]
