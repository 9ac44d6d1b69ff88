"""The rows of the rule catalogue for FHIR resources that are read and written as files."""

from termbank.model.vocabulary_rule_texts import Row

FHIR_FILES: tuple[Row, ...] = (
    ("fhir-file-refused", "error",
     "{path} kan inte läsas som FHIR: {reason}.",
     "{path} cannot be read as FHIR: {reason}.",
     "Rätta filen på det ställe som nämns, eller hämta den på nytt.",
     "Correct the file at the place that is named, or fetch it anew."),
    ("fhir-resource-refused", "error",
     "{resource} kan inte läsas: {reason}.",
     "{resource} cannot be read: {reason}.",
     "Rätta elementet som nämns; övriga resurser lästes.",
     "Correct the element that is named; the other resources were read."),
    ("fhir-other-resource", "info",
     "Resurser av typen {type} läses inte: {count}.",
     "Resources of the type {type} are not read: {count}.",
     "Inget att göra; CodeSystem, ValueSet, ConceptMap och NamingSystem läses.",
     "Nothing to do; CodeSystem, ValueSet, ConceptMap and NamingSystem are read."),
    ("fhir-package-folder", "info",
     "Filer utanför paketets mapp package läses inte: {count}.",
     "Files outside the folder package of the package are not read: {count}.",
     "Inget att göra; där ligger exempel. Packa upp dem och ange mappen om de ska läsas.",
     "Nothing to do; examples lie there. Unpack them and name the folder if they shall be read."),
    ("fhir-loss", "info",
     "{field} får inte plats i FHIR och skrevs inte: {count} (till exempel {example}).",
     "{field} has no place in FHIR and was not written: {count} (for example {example}).",
     "Inget att göra om uppgiften inte behövs hos mottagaren; behåll annars listan i ett annat format också.",
     "Nothing to do if the receiver can be without it; otherwise keep the list in another format, too."),
)  # fmt: skip
