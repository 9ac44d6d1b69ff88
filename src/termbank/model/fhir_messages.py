"""The messages of terminology operations: HL7's message ids, issue types and wording, and our Swedish beside it.

The ids and the English wording are those that HL7's terminology ecosystem shares between servers and validators, so
that a program can act on an id, and a reader who knows one server understands another. Ids that begin with `TERMBANK_`
are ours, for what HL7 has no message for.
"""

from typing import NamedTuple

from termbank.model.finding import Severity


class Message(NamedTuple):
    """One message.

    Arguments:
        id: HL7's message id; what follows a `#` tells variants of one message apart and is not shown.
        severity: what it weighs unless told otherwise.
        issue: the kind of issue (FHIR issue-type).
        tx_type: the kind of issue for validators (tx-issue-type); empty: none.
        sv, en: the text.
    """

    id: str
    severity: Severity
    issue: str
    tx_type: str
    sv: str
    en: str


MESSAGES: tuple[Message, ...] = tuple(
    Message(*row)
    for row in (
        # -- code systems and their versions
        ("UNKNOWN_CODESYSTEM", "error", "not-found", "not-found",
         "Kodverket '{system}' är inte känt, så koden kan inte kontrolleras",
         "A definition for CodeSystem '{system}' could not be found, so the code cannot be validated"),
        ("UNKNOWN_CODESYSTEM_VERSION", "error", "not-found", "not-found",
         "Kodverket '{system}' är inte känt i version '{version}', så koden kan inte kontrolleras. Kända versioner: "
         "{known}",
         "A definition for CodeSystem '{system}' version '{version}' could not be found, so the code cannot be "
         "validated. Valid versions: {known}"),
        ("UNKNOWN_CODESYSTEM_VERSION_NONE", "error", "not-found", "not-found",
         "Kodverket '{system}' är inte känt i version '{version}', så koden kan inte kontrolleras. Ingen version av "
         "kodverket är känd",
         "A definition for CodeSystem '{system}' version '{version}' could not be found, so the code cannot be "
         "validated. No versions of this code system are known"),
        ("UNKNOWN_CODESYSTEM_EXP", "error", "not-found", "not-found",
         "Kodverket '{system}' är inte känt, så urvalet kan inte expanderas",
         "A definition for CodeSystem '{system}' could not be found, so the value set cannot be expanded"),
        ("UNKNOWN_CODESYSTEM_VERSION_EXP", "error", "not-found", "not-found",
         "Kodverket '{system}' är inte känt i version '{version}', så urvalet kan inte expanderas. Kända versioner: "
         "{known}",
         "A definition for CodeSystem '{system}' version '{version}' could not be found, so the value set cannot be "
         "expanded. Valid versions: {known}"),
        ("UNKNOWN_CODESYSTEM_VERSION_EXP_NONE", "error", "not-found", "not-found",
         "Kodverket '{system}' är inte känt i version '{version}', så urvalet kan inte expanderas. Ingen version av "
         "kodverket är känd",
         "A definition for CodeSystem '{system}' version '{version}' could not be found, so the value set cannot be "
         "expanded. No versions of this code system are known"),
        ("CODESYSTEM_CS_NO_SUPPLEMENT", "error", "invalid", "invalid-data",
         "Kodverket {system} är ett supplement och kan inte stå i Coding.system",
         "CodeSystem {system} is a supplement, so can't be used as a value in Coding.system"),
        ("Terminology_TX_System_ValueSet2", "error", "invalid", "invalid-data",
         "Kodningen hänvisar till ett urval, inte till ett kodverk ('{system}')",
         "The Coding references a value set, not a code system ('{system}')"),
        ("Terminology_TX_System_Relative", "error", "invalid", "invalid-data",
         "Coding.system ska vara en absolut referens, inte en lokal",
         "Coding.system must be an absolute reference, not a local reference"),
        ("Coding_has_no_system__cannot_validate", "warning", "invalid", "invalid-data",
         "Kodningen saknar kodverk. En kod utan kodverk har ingen bestämd betydelse och kan inte kontrolleras. Ange "
         "ett kodverk",
         "Coding has no system. A code with no system has no defined meaning, and it cannot be validated. A system "
         "should be provided"),
        ("SYSTEM_VERSION_MULTIPLE_OVERRIDE", "error", "exception", "version-error",
         "Flera versioner påbjuds för kodverket {system}: '{version}', '{other}'",
         "Multiple version overrides found for system {system}: '{version}', '{other}'"),
        ("SYSTEM_VERSION_MULTIPLE_DEFAULT", "error", "exception", "version-error",
         "Flera versioner är förval för kodverket {system}: '{version}', '{other}'",
         "Multiple default versions found for system {system}: '{version}', '{other}'"),
        ("VALUESET_VERSION_CHECK", "error", "exception", "version-error",
         "Version '{version}' av kodverket '{system}' tillåts inte: en parameter kräver '{required}'",
         "The version '{version}' is not allowed for system '{system}': required to be '{required}' by a "
         "version-check parameter"),
        ("VALUESET_VALUE_MISMATCH", "error", "invalid", "vs-invalid",
         "Urvalet använder kodverket '{system}' i version '{version}', en annan än kodningens ('{given}')",
         "The code system '{system}' version '{version}' in the ValueSet include is different to the one in the "
         "value ('{given}')"),
        ("VALUESET_VALUE_MISMATCH_CHANGED", "error", "invalid", "vs-invalid",
         "Kodverket '{system}' används i version '{version}', som följer av version '{stated}' i urvalet, en annan "
         "än kodningens ('{given}')",
         "The code system '{system}' version '{version}' resulting from the version '{stated}' in the ValueSet "
         "include is different to the one in the value ('{given}')"),
        ("VALUESET_VALUE_MISMATCH_DEFAULT", "warning", "invalid", "vs-invalid",
         "Urvalet anger ingen version av kodverket '{system}', som därför används i version '{version}', en annan än "
         "kodningens ('{given}')",
         "The code system '{system}' version '{version}' for the versionless include in the ValueSet include is "
         "different to the one in the value ('{given}')"),
        # -- codes
        ("Unknown_Code_in_Version", "error", "code-invalid", "invalid-code",
         "Koden '{code}' finns inte i kodverket '{system}' version '{version}'",
         "Unknown code '{code}' in the CodeSystem '{system}' version '{version}'"),
        ("Unknown_Code_in", "error", "code-invalid", "invalid-code",
         "Koden '{code}' finns inte i kodverket '{system}'",
         "Unknown code '{code}' in the CodeSystem '{system}'"),
        ("UNKNOWN_CODE_IN_FRAGMENT", "warning", "code-invalid", "invalid-code",
         "Koden '{code}' finns inte i kodverket '{system}' version '{version}', men det är ett utdrag, så koden kan "
         "vara giltig i ett annat",
         "Unknown Code '{code}' in the CodeSystem '{system}' version '{version}' - note that the code system is "
         "labeled as a fragment, so the code may be valid in some other fragment"),
        ("ABSTRACT_CODE_NOT_ALLOWED", "error", "business-rule", "code-rule",
         "Koden '{system}#{code}' är en rubrik och kan inte användas här",
         "Code '{system}#{code}' is abstract, and not allowed in this context"),
        ("CODE_CASE_DIFFERENCE", "info", "business-rule", "code-rule",
         "Koden '{given}' skiljer sig från den rätta koden '{code}' i stora och små bokstäver. Kodverket '{system}' "
         "skiljer inte på dem, men skriv helst koden som den står",
         "The code '{given}' differs from the correct code '{code}' by case. Although the code system '{system}' is "
         "case insensitive, implementers are strongly encouraged to use the correct case anyway"),
        ("STATUS_CODE_WARNING_CODE", "error", "business-rule", "code-rule",
         "Begreppet '{code}' är giltigt men används inte längre",
         "The concept '{code}' is valid but is not active"),
        ("INACTIVE_CONCEPT_FOUND", "warning", "business-rule", "code-comment",
         "Begreppet '{code}' har status {status}; se över användningen",
         "The concept '{code}' has a status of {status} and its use should be reviewed"),
        ("INACTIVE_CONCEPT_FOUND#also-inactive", "warning", "business-rule", "code-comment",
         "Begreppet '{code}' har status {status} och används inte längre; se över användningen",
         "The concept '{code}' has a status of {status} and inactive and its use should be reviewed"),
        ("DEPRECATED_CONCEPT_FOUND", "warning", "business-rule", "code-comment",
         "Begreppet '{code}' avråds från; se över användningen",
         "The concept '{code}' is deprecated and its use should be reviewed"),
        ("CONCEPT_DEPRECATED_IN_VALUESET", "warning", "business-rule", "code-comment",
         "Begreppet '{code}' i kodverket '{system}' har status {status} i urvalet {valueset}; se över användningen",
         "The presence of the concept '{code}' in the system '{system}' in the value set {valueset} is marked with a "
         "status of {status} and its use should be reviewed"),
        # -- value sets
        ("None_of_the_provided_codes_are_in_the_value_set_one", "error", "code-invalid", "not-in-vs",
         "Koden {code} finns inte i urvalet '{valueset}'",
         "The provided code {code} was not found in the value set '{valueset}'"),
        ("None_of_the_provided_codes_are_in_the_value_set_one#this", "info", "code-invalid", "this-code-not-in-vs",
         "Koden {code} finns inte i urvalet '{valueset}'",
         "The provided code {code} was not found in the value set '{valueset}'"),
        ("TX_GENERAL_CC_ERROR_MESSAGE", "error", "code-invalid", "not-in-vs",
         "Ingen av koderna är giltig i urvalet '{valueset}'",
         "No valid coding was found for the value set '{valueset}'"),
        ("UNABLE_TO_INFER_CODESYSTEM", "error", "not-found", "cannot-infer",
         "Det går inte att avgöra vilket kodverk koden '{code}' i urvalet '{valueset}' hör till",
         "The System URI could not be determined for the code '{code}' in the ValueSet '{valueset}'"),
        ("Unable_to_resolve_system__value_set_has_multiple_matches", "error", "not-found", "cannot-infer",
         "Det går inte att avgöra vilket kodverk koden '{code}' i urvalet '{valueset}' hör till: den finns i flera: "
         "[{systems}]",
         "The System URI could not be determined for the code '{code}' in the ValueSet '{valueset}': value set "
         "expansion has multiple matches: [{systems}]"),
        ("Unable_to_resolve_value_Set_", "error", "not-found", "not-found",
         "Urvalet '{valueset}' är inte känt",
         "A definition for the value Set '{valueset}' could not be found"),
        ("VS_EXP_IMPORT_UNK", "error", "not-found", "not-found",
         "Urvalet '{valueset}', som ett annat hänvisar till, är inte känt",
         "Unable to find included value set '{valueset}'"),
        ("VS_EXP_IMPORT_UNK_PINNED", "error", "not-found", "not-found",
         "Urvalet '{valueset}' version '{version}', som ett annat hänvisar till, är inte känt",
         "Unable to find included value set '{valueset}' version '{version}'"),
        ("VS_EXP_IMPORT_UNK_X", "error", "not-found", "not-found",
         "Urvalet '{valueset}', som ett annat undantar, är inte känt",
         "Unable to find excluded value set '{valueset}'"),
        ("VS_EXP_IMPORT_UNK_PINNED_X", "error", "not-found", "not-found",
         "Urvalet '{valueset}' version '{version}', som ett annat undantar, är inte känt",
         "Unable to find excluded value set '{valueset}' version '{version}'"),
        ("VALUESET_CIRCULAR_REFERENCE", "error", "processing", "vs-invalid",
         "Urval hänvisar till varandra i ring: {chain}",
         "Cyclic reference detected when processing value set: {chain}"),
        ("VALUESET_SUPPLEMENT_MISSING#one", "error", "not-found", "not-found",
         "Ett supplement som krävs är inte känt: {supplements}",
         "Required supplement not found: {supplements}"),
        ("VALUESET_SUPPLEMENT_MISSING#other", "error", "not-found", "not-found",
         "Supplement som krävs är inte kända: {supplements}",
         "Required supplements not found: {supplements}"),
        ("VALUESET_TOO_COSTLY", "error", "too-costly", "",
         "Urvalet '{valueset}' har för många koder för att expanderas ({limit})",
         "The value set '{valueset}' expansion has too many codes to produce ({limit})"),
        ("TERMBANK_MODIFIER_EXTENSION", "error", "not-supported", "vs-invalid",
         "Elementet har ett tillägg som ändrar dess betydelse och inte förstås: {url}",
         "The element has a modifier extension that is not understood: {url}"),
        ("FILTER_NOT_UNDERSTOOD", "error", "not-supported", "vs-invalid",
         'Villkoret "{property} {op} {wanted}" förstås inte',
         'The filter "{property} {op} {wanted}" is not understood or supported'),
        ("UNABLE_TO_HANDLE_SYSTEM_FILTER_WITH_NO_VALUE", "error", "invalid", "vs-invalid",
         "Villkoret på {system} med egenskapen {property} och operatorn {op} saknar värde",
         "The system {system} filter with property = {property}, op = {op} has no value"),
        ("INVALID_REGEX", "error", "invalid", "vs-invalid",
         "Det reguljära uttrycket '{regex}' kan inte användas: {reason}",
         "The regex '{regex}' is not valid: {reason}"),
        # -- displays and languages
        ("Display_Name_for__should_be_one_of__instead_of#one", "error", "invalid", "invalid-display",
         "'{display}' är fel benämning för {system}#{code}. Rätt är {right} (språk: '{languages}')",
         "Wrong Display Name '{display}' for {system}#{code}. Valid display is {right} (for the language(s) "
         "'{languages}')"),
        ("Display_Name_for__should_be_one_of__instead_of#other", "error", "invalid", "invalid-display",
         "'{display}' är fel benämning för {system}#{code}. Rätt är en av {count}: {right} (språk: '{languages}')",
         "Wrong Display Name '{display}' for {system}#{code}. Valid display is one of {count} choices: {right} (for "
         "the language(s) '{languages}')"),
        ("Display_Name_WS_for__should_be_one_of__instead_of#one", "error", "invalid", "invalid-display",
         "Benämningen '{display}' för {system}#{code} har fel blanksteg. Rätt är {right} (språk: '{languages}')",
         "Wrong whitespace in Display Name '{display}' for {system}#{code}. Valid display is {right} (for the "
         "language(s) '{languages}')"),
        ("Display_Name_WS_for__should_be_one_of__instead_of#other", "error", "invalid", "invalid-display",
         "Benämningen '{display}' för {system}#{code} har fel blanksteg. Rätt är en av {count}: {right} (språk: "
         "'{languages}')",
         "Wrong whitespace in Display Name '{display}' for {system}#{code}. Valid display is one of {count} choices: "
         "{right} (for the language(s) '{languages}')"),
        ("NO_VALID_DISPLAY_AT_ALL", "warning", "invalid", "invalid-display",
         "Benämningen '{display}' för {system}#{code} kan inte kontrolleras på språket {languages}: ingen benämning "
         "är känd",
         "Cannot validate display '{display}' for {system}#{code} in language {languages}: No displays are known"),
        ("NO_VALID_DISPLAY_FOUND_NONE_FOR_LANG_OK", "info", "invalid", "invalid-display",
         "Det finns ingen benämning för {system}#{code} på '{languages}'. '{display}' är en giltig benämning på "
         "kodverkets eget språk",
         "There are no valid display names found for the code {system}#{code} for language(s) '{languages}'. The "
         "display is '{display}' which is a valid display for the default language"),
        ("NO_VALID_DISPLAY_FOUND_NONE_FOR_LANG_ERR", "error", "invalid", "invalid-display",
         "'{display}' är fel benämning för {system}#{code}. Det finns ingen benämning på '{languages}'. Kodverkets "
         "egen är '{right}'",
         "Wrong Display Name '{display}' for {system}#{code}. There are no valid display names found for language(s) "
         "'{languages}'. Default display is '{right}'"),
        ("INACTIVE_DISPLAY_FOUND", "warning", "invalid", "display-comment",
         "'{display}' räknas inte längre som rätt benämning för '{code}' (avråds från). Rätt är en av {right}.",
         "'{display}' is no longer considered a correct display for code '{code}' (status = deprecated). The correct "
         "display is one of {right}."),
        ("INVALID_DISPLAY_NAME", "error", "processing", "invalid-display",
         "Språket i displayLanguage kan inte tolkas: '{language}'",
         "Invalid displayLanguage: '{language}'"),
        # -- the standing of what is used
        ("MSG_DEPRECATED", "info", "business-rule", "status-check",
         "Hänvisning till {kind} som avråds från: {resource}",
         "Reference to deprecated {kind} {resource}"),
        ("MSG_WITHDRAWN", "info", "business-rule", "status-check",
         "Hänvisning till {kind} som dragits tillbaka: {resource}",
         "Reference to withdrawn {kind} {resource}"),
        ("MSG_RETIRED", "info", "business-rule", "status-check",
         "Hänvisning till {kind} som inte längre används: {resource}",
         "Reference to retired {kind} {resource}"),
        ("MSG_EXPERIMENTAL", "info", "business-rule", "status-check",
         "Hänvisning till {kind} som är på försök: {resource}",
         "Reference to experimental {kind} {resource}"),
        ("MSG_DRAFT", "info", "business-rule", "status-check",
         "Hänvisning till {kind} som är ett utkast: {resource}",
         "Reference to draft {kind} {resource}"),
        # -- requests
        ("TERMBANK_UNKNOWN_OPERATION", "error", "not-supported", "not-supported",
         "Operationen '{operation}' finns inte; de som finns är {known}",
         "There is no operation '{operation}'; there are {known}"),
        ("TERMBANK_PARAMETER_MISSING", "error", "required", "invalid-data",
         "Parametern {parameter} saknas",
         "The parameter {parameter} is missing"),
        ("TERMBANK_PARAMETER_INVALID", "error", "invalid", "invalid-data",
         "Parametern {parameter} kan inte läsas: {reason}",
         "The parameter {parameter} cannot be read: {reason}"),
        ("TERMBANK_PARAMETER_NOT_SUPPORTED", "error", "not-supported", "not-supported",
         "Parametern {parameter} stöds inte",
         "The parameter {parameter} is not supported"),
        ("TERMBANK_RESOURCE_INVALID", "error", "structure", "invalid-data",
         "Resursen i {parameter} kan inte läsas: {reason}",
         "The resource in {parameter} cannot be read: {reason}"),
        ("TERMBANK_NO_MAP", "error", "not-found", "not-found",
         "Begreppskartan är inte känd: {asked}",
         "ConceptMap not found: {asked}"),
        ("TERMBANK_NO_MAP_BETWEEN", "info", "not-found", "not-found",
         "Ingen begreppskarta är känd som översätter från '{source}' till '{target}'",
         "No ConceptMap is available to translate from '{source}' to '{target}'"),
        ("TERMBANK_NO_TRANSLATION", "info", "not-found", "not-found",
         "Ingen översättning finns",
         "No translations found"),
        ("TERMBANK_OTHER_MAP_UNKNOWN", "error", "not-found", "not-found",
         "Begreppskartan {other}, som en annan hänvisar till i group.unmapped.otherMap, är inte känd",
         "The ConceptMap {other} named in group.unmapped.otherMap was not found"),
        ("TERMBANK_OTHER_MAP_CIRCULAR", "error", "business-rule", "business-rule",
         "Begreppskartan {map} hänvisar i ring med group.unmapped.otherMap till {other}",
         "ConceptMap {map} has a circular group.unmapped.otherMap reference to {other}"),
        ("TERMBANK_OTHER_MAP_CHAIN", "error", "too-costly", "too-costly",
         "Begreppskartan {map} hänvisar vidare i fler än {limit} steg med group.unmapped.otherMap",
         "ConceptMap {map} refers on in more than {limit} steps with group.unmapped.otherMap"),
        ("TERMBANK_UNMAPPED_VALUESET", "error", "not-supported", "not-supported",
         "Begreppskartan {map} använder group.unmapped.valueSet, som inte stöds",
         "ConceptMap {map} uses group.unmapped.valueSet, which this server does not support"),
        ("TERMBANK_REVERSE_NOT_DEFINED", "error", "not-supported", "not-supported",
         "Parametern 'reverse' finns inte i {version}: ange målet med targetCode, targetCoding eller "
         "targetCodeableConcept i stället",
         "The 'reverse' parameter is not defined in {version}: name the target concept with targetCode, targetCoding "
         "or targetCodeableConcept instead"),
        ("TERMBANK_NO_SYSTEM", "error", "not-found", "not-found",
         "Kodverket är inte känt: {asked}",
         "CodeSystem not found: {asked}"),
        ("TERMBANK_NO_SYSTEM_ON_DATE", "error", "not-found", "not-found",
         "Ingen version av kodverket {system} som är känd gällde {date}",
         "No version of CodeSystem {system} that is known was in force on {date}"),
        ("TERMBANK_NO_CODE", "error", "not-found", "invalid-code",
         "Koden '{code}' finns inte i {system} version {version}",
         "Unable to find code '{code}' in {system} version {version}"),
        ("TERMBANK_NO_VALUE_SET", "error", "not-found", "not-found",
         "Urvalet är inte känt: {asked}",
         "ValueSet not found: {asked}"),
        ("TERMBANK_SYSTEMS_DIFFER", "error", "invalid", "invalid-data",
         "{first} och {second} måste vara ur samma kodverk, i samma version",
         "{first} and {second} must have the same system"),
        # -- comparing value sets
        ("TERMBANK_COMPARE_SAME", "info", "informational", "",
         "Urvalen {this} och {other} har samma koder",
         "The value sets {this} and {other} contain the same codes"),
        ("TERMBANK_COMPARE_SUPERSET", "info", "informational", "",
         "Urvalet {this} har alla koder i urvalet {other}, och fler",
         "The valueSet {this} is a super-set of the valueSet {other}"),
        ("TERMBANK_COMPARE_SUBSET", "info", "informational", "",
         "Alla koder i urvalet {this} finns i urvalet {other}, som har fler",
         "The valueSet {this} is a sub-set of the valueSet {other}"),
        ("TERMBANK_COMPARE_OVERLAPPING", "info", "informational", "",
         "Urvalen {this} och {other} har gemensamma koder, och var för sig koder som det andra saknar",
         "Both value sets {this} and {other} contain the codes the other doesn't, but there is some overlap"),
        ("TERMBANK_COMPARE_DISJOINT", "info", "informational", "",
         "Urvalen {this} och {other} har inga gemensamma koder",
         "No shared codes between the value sets {this} and {other}"),
        ("TERMBANK_COMPARE_EMPTY", "info", "informational", "",
         "Båda urvalen {this} och {other} är tomma",
         "Both the value sets {this} and {other} are empty"),
        ("TERMBANK_COMPARE_NO_COMPOSE", "info", "informational", "",
         "Urvalet {this} har ingen definition (compose)",
         "The ValueSet {this} has no compose"),
        ("TERMBANK_COMPARE_THIS_FAILED", "info", "informational", "",
         "Urvalen {this} och {other} kan inte jämföras: det första kan inte expanderas: {reason}",
         "Unable to compare {this} and {other}: This expansion failed: {reason}"),
        ("TERMBANK_COMPARE_OTHER_FAILED", "info", "informational", "",
         "Urvalen {this} och {other} kan inte jämföras: det andra kan inte expanderas: {reason}",
         "Unable to compare {this} and {other}: Other expansion failed: {reason}"),
        ("TERMBANK_COMPARE_BOTH_FAILED", "info", "informational", "",
         "Urvalen {this} och {other} kan inte jämföras: inget av dem kan expanderas: {reason}",
         "Unable to compare {this} and {other}: Both expansions failed with different errors: {reason}"),
        ("TERMBANK_COMPARE_THIS_UNCLOSED", "info", "informational", "",
         "Urvalen {this} och {other} kan inte jämföras: alla koder i det första kan inte räknas upp",
         "Unable to compare {this} and {other}: This expansion is unclosed."),
        ("TERMBANK_COMPARE_OTHER_UNCLOSED", "info", "informational", "",
         "Urvalen {this} och {other} kan inte jämföras: alla koder i det andra kan inte räknas upp",
         "Unable to compare {this} and {other}: Other expansion is unclosed."),
        ("TERMBANK_COMPARE_BOTH_UNCLOSED", "info", "informational", "",
         "Urvalen {this} och {other} kan inte jämföras: alla koder i dem kan inte räknas upp",
         "Unable to compare {this} and {other}: Both expansions are unclosed."),
        ("TERMBANK_CODING_WITHOUT_CODE", "error", "invalid", "invalid-data",
         "Kodningen i {system} saknar kod och kan inte kontrolleras",
         "Coding has no code for system {system} and cannot be validated"),
        ("TERMBANK_VERSION_NEEDED", "error", "required", "invalid-data",
         "Koden '{code}' ur kodverket '{system}' måste anges med kodverkets version",
         "The code '{code}' of the CodeSystem '{system}' must be given with the version of its code system"),
        ("TERMBANK_COMPOSITIONAL", "info", "informational", "processing-note",
         "Koder i kodverket '{system}' kan sättas samman, men dess grammatik är inte känd: sammansatta koder kan inte "
         "kontrolleras",
         "Codes of the CodeSystem '{system}' can be composed, but its grammar is not known: composed codes cannot be "
         "validated"),
        ("TERMBANK_CODE_NOT_IN_FORCE", "error", "business-rule", "code-rule",
         "Koden '{code}' i kodverket '{system}' gällde inte {date}",
         "The code '{code}' in the CodeSystem '{system}' was not in force on {date}"),
        ("TERMBANK_IMPORTS_TOO_DEEP", "error", "too-costly", "too-costly",
         "Urvalet '{valueset}' hänvisar vidare till andra urval i fler än {limit} steg",
         "The value set '{valueset}' refers on to other value sets in more than {limit} steps"),
        ("TERMBANK_TOO_COSTLY", "error", "too-costly", "too-costly",
         "Frågan kräver för mycket arbete (mer än {limit} steg)",
         "The question takes too much work (more than {limit} steps)"),
        ("TERMBANK_NO_DEFINITION", "error", "business-rule", "vs-invalid",
         "Urvalet '{valueset}' har ingen definition som kan användas",
         "The value set '{valueset}' has no definition that can be used"),
    )
)  # fmt: skip
