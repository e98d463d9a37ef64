"""Words that stand in every sentence: looked for by nobody, and so never a slip of the name of something.

PostgreSQL leaves the same ones out of its index, and cannot list them. Shorter ones are never corrected.
"""

COMMON_WORDS = frozenset(
    "about above after again against because been before being below between both does doing down during each"
    " from further have having here hers herself himself into itself just more most myself once only other ours"
    " ourselves over same should some such than that their theirs them themselves then there these they this"
    " those through under until very were what when where which while whom will with your yours yourself"
    " yourselves also always another anyone anything could ever everyone everything might never nobody nothing"
    " often really since someone something still sure though would whose"
    " aber alle allem allen aller alles andere anderen anderer anderes auch beim bist damit dann dass deine"
    " deinem deinen deiner denn diese diesem diesen dieser dieses doch dort durch eine einem einen einer eines"
    " einmal etwas euch eure euren gegen gewesen habe haben hatte hatten hier hinter ihnen ihre ihrem ihren ihrer"
    " immer jede jedem jeden jeder jedes jetzt kann kein keine keinem keinen keiner können könnte machen manche"
    " mein meine meinem meinen meiner mich muss nach nicht nichts noch oder ohne sehr sein seine seinem seinen"
    " seiner selbst sich sind solche soll sollte sondern sonst über unser unsere unter viel vielleicht waren"
    " weil welche welcher wenn werde werden wieder will wird wollen wollte würde würden zwischen".split()
)
