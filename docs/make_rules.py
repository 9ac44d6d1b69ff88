"""Make docs/rules.md from the rule catalogue, docs/rules/ID.md for each rule for texts, and docs/fhir/messages.md."""

from pathlib import Path

from termbank.model.rules import Rule, catalogue
from termbank.model.text_rule_examples import EXAMPLES, Examples

TITLES = {
    "codes": "Codes",
    "identifiers": "Names of code systems",
    "mappings": "Mappings",
    "mapping-formats": "Mappings in other formats: JSKOS, Usagi, RF2 map refsets, tables",
    "records": "Files of records",
    "files": "Vocabulary files",
    "vocabulary": "Vocabularies and mappings, as `termbank vocab lint` checks them",
    "documents": "Documents",
    "texts": "Authors' texts, as `termbank check` checks them",
    "fhir-files": "FHIR resources, read from files and written to them",
    "mapping-files": "Mapping sets in SSSOM, as `termbank map lint` checks them",
    "value-sets": "Value sets",
    "mapping-review": "Reviews of mapping sets",
    "mapping-sets": "Mapping sets that are derived from others, compared, checked and repaired",
}


def page() -> str:
    """Return the page of all rules as Markdown."""
    lines = ["# Rules", "", "Every finding that termbank can make. Made by `docs/make_rules.py`; do not edit.", ""]
    for group, title in TITLES.items():
        lines += [f"## {title}", ""]
        for rule in catalogue().values():
            if rule.group == group:
                lines += [
                    f"### {rule.id}", "", f"*{rule.severity}*", "",
                    f"- sv: {rule.sv} *{rule.advice_sv}*", f"- en: {rule.en} *{rule.advice_en}*", "",
                ]  # fmt: skip
                if rule.id in EXAMPLES:
                    lines += [f"[Wrong and right](rules/{rule.id}.md)", ""]
    return "\n".join(lines)


def messages() -> str:
    """Return the page of the messages of FHIR's operations as Markdown."""
    lines = [
        "# Messages of FHIR's operations", "", "Made by `docs/make_rules.py`; do not edit.", "",
        "Ids, kinds and English wording are HL7's, but for those that begin with `TERMBANK_`, which are ours and not",
        "shown as ids. Swedish is shown where it is asked for (`Accept-Language: sv`).", "",
        "| id | severity | issue | tx-issue-type | text |", "|---|---|---|---|---|",
    ]  # fmt: skip
    for rule in catalogue().values():
        if rule.group == "fhir":
            texts = f"{rule.en} *{rule.sv}*".replace("|", "\\|")
            lines.append(f"| {rule.message_id} | {rule.severity} | {rule.issue} | {rule.tx_type or ''} | {texts} |")
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """Return the page of each rule for texts, by file name."""
    return {f"{rule_id}.md": _page(catalogue()[rule_id], examples) for rule_id, examples in EXAMPLES.items()}


def _page(rule: Rule, examples: Examples) -> str:
    lines = [f"# {rule.id}", "", "Made by `docs/make_rules.py`; do not edit.", "", f"*{rule.severity}*", ""]
    for told in (rule.sv, rule.advice_sv, examples.why_sv, rule.en, rule.advice_en, examples.why_en):
        lines += [told, ""]
    lines += ["## Fel (wrong)", ""]
    for each in examples.wrong:
        mended = f" → {each.mended}" if each.mended else ""
        lines.append(f"- {each.text.replace(each.found, f'**{each.found}**', 1)}{mended}")
    lines += ["", "## Rätt (right)", ""]
    lines += [f"- {text}" for text in examples.right]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    here = Path(__file__).parent
    (here / "rules.md").write_text(page(), encoding="utf-8")
    (here / "fhir" / "messages.md").write_text(messages(), encoding="utf-8")
    (here / "rules").mkdir(exist_ok=True)
    for name, content in pages().items():
        (here / "rules" / name).write_text(content, encoding="utf-8")
