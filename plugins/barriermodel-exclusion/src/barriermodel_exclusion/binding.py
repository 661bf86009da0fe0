"""The procedures in which the exclusion grounds and the rules on proof bind."""

from typing import Annotated, TypeAlias

from barriermodel.plugin import Limit, Procedure, Text

BINDING = (Procedure.OPEN, Procedure.RESTRICTED, Procedure.NEGOTIATED)

_BY_THEMSELVES = Limit(assumed=True)


def basis(article: str) -> Text:
    """The legal basis of a rule or evidence: an article that applies by law only in some procedures."""
    return Text(
        nl=f"Aanbestedingswet 2012 art. {article}, waar de procedure of de stukken dat zeggen",
        en=f"Aanbestedingswet 2012 art. {article}, where the procedure or the documents say so",
    )


BindingProcedures: TypeAlias = Annotated[tuple[Procedure, ...], _BY_THEMSELVES]
"""The procedures in which article 2.86 applies; a region adds those whose documents declare it applicable."""

ProofProcedures: TypeAlias = Annotated[tuple[Procedure, ...], _BY_THEMSELVES]
"""The procedures in which article 2.89 applies; a region adds those whose documents declare it applicable."""

FacultativeProcedures: TypeAlias = Annotated[tuple[Procedure, ...], Limit(assumed=True)]
"""The procedures in which the authority has declared the grounds of article 2.87 applicable."""
