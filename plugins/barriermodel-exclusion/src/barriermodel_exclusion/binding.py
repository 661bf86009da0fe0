"""Where the exclusion grounds and the rules on proof bind."""

from typing import Annotated, TypeAlias

from barriermodel import Label, Limit, Procedure, Text

BINDING = (Procedure.OPEN, Procedure.RESTRICTED, Procedure.NEGOTIATED)

BindingProcedures: TypeAlias = Annotated[
    tuple[Procedure, ...],
    Label(nl="procedures waarin de uitsluitingsgronden gelden", en="procedures in which the exclusion grounds hold"),
    Limit(
        assumption=Text(
            nl="In deze procedures gelden de artikelen uit zichzelf. Bij een open house, bij een subsidie en bij de "
            "procedure voor sociale diensten gelden ze alleen als de stukken dat zeggen. Zeggen de stukken dat, voeg "
            "de procedure dan toe in het profiel.",
            en="In these procedures the articles hold by themselves. In an open house, for a subsidy and in the "
            "procedure for social services they hold only if the documents say so. If they do, add the procedure in "
            "the profile.",
        )
    ),
]
"""The procedures in which articles 2.86, 2.87 and 2.89 hold; a region adds those whose documents declare them."""
