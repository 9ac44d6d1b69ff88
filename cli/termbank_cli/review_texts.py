"""What a review says in the terminal, in Swedish and English."""

from termbank_cli.texts import number

TEXTS: dict[str, tuple[str, str]] = {
    "who": ("Vem granskar (namnet sparas med varje beslut)", "Who reviews (the name is kept with each decision)"),
    "begin": ("{path}: {left} av {all} att granska. Beslut sparas efter hand; ? visar hjälp.",
              "{path}: {left} of {all} to review. Decisions are saved as they come; ? shows help."),
    "nothing": ("{path}: allt är granskat ({all}).", "{path}: everything is reviewed ({all})."),
    "place": ("[{place}/{all}]", "[{place}/{all}]"),
    "left": ("kvar {left}", "{left} left"),
    "earlier": ("tidigare", "earlier"),
    "changed": ("ändrat", "changed"),
    "says-not": ("(påstår att relationen inte gäller)", "(states that the relationship does not hold)"),
    "no-options": ("inga förslag", "no candidates"),
    "noted": ("kommentar till nästa beslut: {comment}", "comment on the next decision: {comment}"),
    "comment": ("Kommentar", "Comment"),
    "code": ("Kod eller ord", "Code or words"),
    "which": ("Vilken (nummer, tomt avbryter)", "Which (number, nothing cancels)"),
    "relation": ("Relation (nummer, tomt avbryter)", "Relationship (number, nothing cancels)"),
    "no-code": ("{text} finns inte i {system}.", "{text} is not in {system}."),
    "no-system": ("Ange kodverket med --to, så kan koder sökas.", "Name the code system with --to to look up codes."),
    "nothing-to-decide": ("Det finns inget förslag att ta ställning till.", "There is no candidate to decide on."),
    "no-undo": ("Du har inget beslut att ångra.", "You have no decision to undo."),
    "undid": ("Ångrat: {subject}", "Undone: {subject}"),
    "unknown-key": ("{given} betyder ingenting; ? visar hjälp.", "{given} means nothing; ? shows help."),
    "script-key": ("rad {line}: {given} betyder ingenting; besluten före raden är sparade",
                   "line {line}: {given} means nothing; the decisions before it are saved"),
    "keys": ("a godta   r avvisa   n ingen motsvarighet   o annan kod   c relation   k kommentar   s hoppa över   "
             "u ångra   q sluta   ?",
             "a accept   r reject   n no counterpart   o other code   c relationship   k comment   s skip   "
             "u undo   q quit   ?"),
    "help": ("a, Enter   godta det markerade, som det står\n"
             "= < > ~    godta det som: samma, målet är vidare, målet är snävare, besläktad\n"
             "c          godta det med en relation ur lista\n"
             "1-9        markera ett annat förslag\n"
             "r          avvisa: relationen gäller inte\n"
             "n          det finns ingen motsvarighet\n"
             "o          välj en annan kod i stället: skriv koden, eller ord att söka på; QT011 < säger vidare\n"
             "k          kommentar till nästa beslut\n"
             "s          hoppa över; frågan kommer igen nästa gång\n"
             "u          ångra ditt senaste beslut; också det från förra gången\n"
             "q, Ctrl-C  sluta; allt som beslutats är sparat",
             "a, Enter   accept the marked one, as it stands\n"
             "= < > ~    accept it as: same, target is broader, target is narrower, related\n"
             "c          accept it with a relationship from a list\n"
             "1-9        mark another candidate\n"
             "r          reject: the relationship does not hold\n"
             "n          there is no counterpart\n"
             "o          choose another code instead: write it, or words to look for; QT011 < says wider\n"
             "k          comment on the next decision\n"
             "s          skip; it is asked again the next time\n"
             "u          undo your last decision, also one of an earlier time\n"
             "q, Ctrl-C  quit; everything that was decided is saved"),
    "done": ("Beslut: {decided}. Kvar: {left}. {path}", "Decisions: {decided}. Left: {left}. {path}"),
    "sheet": ("{path}: {rows} rader att granska. Läs in med --apply.", "{path}: {rows} rows to review. "
              "Read it in with --apply."),
    "applied": ("{path}: rader {rows}; beslut {decided}, redan beslutade {already}, orörda {unchanged}, ej använda "
                "{refused}; borttagna rader {missing}",
                "{path}: rows {rows}; decisions {decided}, decided already {already}, untouched {unchanged}, not used "
                "{refused}; deleted rows {missing}"),
    "cannot-keep": ("{path} har rader som inte går att läsa och som skulle gå förlorade; rätta dem, eller skriv till "
                    "en annan fil med -o",
                    "{path} has rows that cannot be read and would be lost; correct them, or write to another file "
                    "with -o"),
    "not-sssom": ("{path} är inte SSSOM; namnge en fil för granskningen: -o NAMN.sssom.tsv",
                  "{path} is not SSSOM; name a file for the review: -o NAME.sssom.tsv"),
    "written": ("{path}: {count} mappningar", "{path}: {count} mappings"),
}  # fmt: skip


def say(key: str, language: str, **arguments: object) -> str:
    """Return a text in a language, filled with its arguments."""
    shown = {name: number(each, language) if isinstance(each, int) else each for name, each in arguments.items()}
    return TEXTS[key][0 if language == "sv" else 1].format(**shown)
