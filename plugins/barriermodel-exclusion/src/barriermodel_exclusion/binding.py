"""The procedures in which the exclusion grounds and the rules on proof bind."""

from typing import Annotated, TypeAlias

from barriermodel.plugin import Label, Limit, Procedure, Text

BINDING = (Procedure.OPEN, Procedure.RESTRICTED, Procedure.NEGOTIATED)

_BY_THEMSELVES = Limit(
    assumption=Text(
        nl="In deze procedures gelden de dwingende gronden en de regels over bewijs uit zichzelf. Bij een "
        "open house, bij een subsidie en bij de procedure voor sociale diensten gelden ze alleen als de "
        "stukken dat zeggen. Zeggen de stukken dat, voeg de procedure dan toe in het profiel.",
        en="In these procedures the mandatory grounds and the rules on proof hold by themselves. In an open "
        "house, for a subsidy and in the procedure for social services they hold only if the documents "
        "say so. If they do, add the procedure in the profile.",
    )
)


def basis(article: str) -> Text:
    """The legal basis of a rule or evidence: an article that applies by law only in some procedures."""
    return Text(
        nl=f"Aanbestedingswet 2012 art. {article}, waar de procedure of de stukken dat zeggen",
        en=f"Aanbestedingswet 2012 art. {article}, where the procedure or the documents say so",
    )


BindingProcedures: TypeAlias = Annotated[
    tuple[Procedure, ...],
    Label(nl="procedures waarin de dwingende gronden gelden", en="procedures in which the mandatory grounds hold"),
    _BY_THEMSELVES,
]
"""The procedures in which article 2.86 applies; a region adds those whose documents declare it applicable."""

ProofProcedures: TypeAlias = Annotated[
    tuple[Procedure, ...],
    Label(nl="procedures waarin de regels over bewijs gelden", en="procedures in which the rules on proof hold"),
    _BY_THEMSELVES,
]
"""The procedures in which article 2.89 applies; a region adds those whose documents declare it applicable."""

FacultativeProcedures: TypeAlias = Annotated[
    tuple[Procedure, ...],
    Label(
        nl="procedures waarvan de stukken de facultatieve gronden noemen",
        en="procedures of which the documents name the facultative grounds",
    ),
    Limit(
        assumption=Text(
            nl="De gronden van art. 2.87 gelden alleen als de stukken ze noemen. Wij nemen aan dat de stukken "
            "dat in deze procedures doen. Laat in het profiel elke grond weg die de stukken niet noemen.",
            en="The grounds of art. 2.87 hold only if the documents name them. We assume that in these "
            "procedures the documents do. Leave out in the profile each ground that the documents do not "
            "name.",
        )
    ),
]
"""The procedures in which the authority has declared the grounds of article 2.87 applicable."""
