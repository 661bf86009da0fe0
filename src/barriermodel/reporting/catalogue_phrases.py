"""Fixed phrases of the catalogue of barriers, in both languages."""

from __future__ import annotations

from ..domain.kinds import Supplier
from ..rules.rule import RuleKind
from ..text import Text

SUPPLIED_BY = {
    Supplier.REGISTER: Text(nl="de gemeente zoekt het zelf op", en="the authority looks it up itself"),
    Supplier.PROVIDER: Text(nl="gevraagd aan de aanbieder", en="asked of the provider"),
}
RULE_KIND = {
    RuleKind.REQUIREMENT: Text(nl="eis", en="requirement"),
    RuleKind.SIGNAL: Text(nl="signaal", en="signal"),
}
PHRASES = {
    "title": Text(nl="Barrières", en="Barriers"),
    "title_profile": Text(nl="Barrières van {title}", en="Barriers of {title}"),
    "made": Text(
        nl="Deze pagina is gemaakt door `{command}`. Verander de pagina niet met de hand. Verander de plugin of het "
        "profiel, en maak de pagina opnieuw.",
        en="This page was made by `{command}`. Do not change it by hand: change the plugin or the profile and make "
        "it again.",
    ),
    "all": Text(
        nl="Dit zijn alle barrières die geïnstalleerd zijn, met de niveaus en grenzen van hun plugin. Wat een profiel "
        "anders zet, staat erbij. Een barrière die in geen profiel staat, wordt niet gebruikt.",
        en="These are all barriers that are installed, with the levels and limits of their plugin. What a profile "
        "sets otherwise is added. A barrier that is in no profile is not used.",
    ),
    "of_profile": Text(
        nl="Dit zijn alleen de barrières die dit profiel gebruikt, met de niveaus en grenzen van het profiel.",
        en="These are only the barriers that this profile uses, with the levels and limits of the profile.",
    ),
    "reading": Text(nl="Zo leest u deze pagina", en="How to read this page"),
    "reading_rule": Text(
        nl="Aan een **eis** moet een aanbieder voldoen. Een **signaal** is een reden om te kijken of te vragen.",
        en="A provider must meet a **requirement**. A **signal** is a reason to look or to ask.",
    ),
    "reading_level": Text(
        nl="Het **niveau** is het advies als niet aan de eis is voldaan, of als er een signaal is. Het is een advies. "
        "Een mens beslist, na de aanbieder te hebben gehoord. Wat niet bekend is, wordt niet geraden.",
        en="The **level** is the advice if the requirement is not met, or if there is a signal. It is advice. A person "
        "decides, after hearing the provider. What is not known is never guessed.",
    ),
    "reading_slots": Text(
        nl="Tussen ‹ en › staat wat per aanbieder of per datum anders is.",
        en="What differs per provider or per date stands between ‹ and ›.",
    ),
    "reading_assumption": Text(
        nl="**⚠ Aanname**: er is geen bron die deze grens geeft. De reden staat erbij.",
        en="**⚠ Assumption**: no source gives this limit. The reason is added.",
    ),
    "reading_unverified": Text(
        nl="**⚠ Niet nagegaan**: dit heeft niemand nagekeken, meestal omdat de wet die nu geldt niet is gelezen. Staat "
        "het er niet, dan is dat nog geen bewijs dat een jurist de regel heeft beoordeeld.",
        en="**⚠ Not verified**: nobody checked this, mostly because the law in force now was not read. Where this mark "
        "is missing, that is still no proof that a lawyer has judged the rule.",
    ),
    "counted": Text(
        nl="Hier staan {barriers} barrières met {rules} regels. Regels met iets dat niet is nagegaan: {unverified}. "
        "Waarden van grenzen: {limits}, waarvan {assumed} een aanname.",
        en="Here are {barriers} barriers with {rules} rules. Rules with something that is not verified: {unverified}. "
        "Values of limits: {limits}, of which {assumed} are assumptions.",
    ),
    "overview": Text(nl="Overzicht", en="Overview"),
    "phases": Text(nl="Fase per profiel", en="Phase per profile"),
    "phases_said": Text(
        nl="De stap van elk profiel waarin een barrière wordt gebruikt, en het moment ervan.",
        en="The stage of each profile in which a barrier is used, and its moment.",
    ),
    "barrier": Text(nl="barrière", en="barrier"),
    "concern": Text(nl="onderwerp", en="concern"),
    "evidence": Text(nl="bewijs", en="evidence"),
    "rules": Text(nl="regels", en="rules"),
    "stage": Text(nl="stap", en="stage"),
    "in_stage": Text(nl="stap {number}, {moment}", en="stage {number}, {moment}"),
    "moment": Text(nl="moment", en="moment"),
    "barriers": Text(nl="barrières", en="barriers"),
    "combines": Text(nl="hoe de stap telt", en="how the stage counts"),
    "worst": Text(nl="het zwaarste niveau telt", en="the highest level counts"),
    "phase": Text(nl="Fase", en="Phase"),
    "no_phase": Text(nl="in geen geïnstalleerd profiel", en="in no installed profile"),
    "rule": Text(nl="regel", en="rule"),
    "asks": Text(nl="vraag: wat moet, of wat wordt gezocht", en="question: what must hold, or what is looked for"),
    "looks_at": Text(nl="kijkt naar", en="looks at"),
    "level": Text(nl="niveau", en="level"),
    "basis": Text(nl="grondslag", en="legal basis"),
    "depends": Text(nl="Of de regel geldt, hangt af van: {facts}.", en="Whether the rule applies depends on: {facts}."),
    "of_provider": Text(nl="aanbieder", en="provider"),
    "of_award": Text(nl="opdracht", en="award"),
    "of_dossier": Text(nl="dossier", en="dossier"),
    "from": Text(nl="berekend uit", en="computed from"),
    "one_signal": Text(nl="telt als een signaal", en="counts as one signal"),
    "points": Text(nl="telt voor {weight} punten", en="counts for {weight} points"),
    "changed": Text(
        nl="Anders in `{who}`: `{rule}` is {level}. {reason}", en="Otherwise in `{who}`: `{rule}` is {level}. {reason}"
    ),
    "left_out": Text(nl="Weggelaten in `{who}`: `{rule}`. {reason}", en="Left out in `{who}`: `{rule}`. {reason}"),
    "limit": Text(nl="grens", en="limit"),
    "value": Text(nl="waarde", en="value"),
    "since": Text(nl="vanaf", en="from"),
    "always": Text(nl="geen begindatum", en="no first date"),
    "set_by": Text(nl="bepaald door", en="set by"),
    "who_says": Text(nl="bron of aanname", en="source or assumption"),
    "who": Text(nl="van wie", en="from whom"),
    "minutes": Text(nl="{burden} minuten", en="{burden} minutes"),
    "counts": Text(nl="hoe lang het telt", en="counts for"),
    "month": Text(nl="1 maand", en="1 month"),
    "months": Text(nl="{count} maanden", en="{count} months"),
    "no_term": Text(nl="geen vaste termijn", en="no fixed term"),
    "one_per": Text(nl="een per {fact}", en="one per {fact}"),
    "secret": Text(nl="vertrouwelijk; bewaren", en="confidential; retention"),
    "yes": Text(nl="**ja**", en="**yes**"),
    "no": Text(nl="nee", en="no"),
    "unsaid": Text(nl="**⚠ bewaartermijn niet vermeld**", en="**⚠ retention not stated**"),
    "left": Text(nl="Niet in dit profiel", en="Not in this profile"),
    "left_none": Text(nl="Elke geïnstalleerde barrière staat in dit profiel.", en="Every installed barrier is in it."),
}
