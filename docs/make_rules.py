"""Make docs/rules.md from the rule catalogue."""

from pathlib import Path

from termbank.model.rules import catalogue

TITLES = {
    "codes": "Codes",
    "identifiers": "Names of code systems",
    "mappings": "Mappings",
    "records": "Files of records",
    "files": "Vocabulary files",
    "vocabulary": "Vocabularies and mappings, as `termbank vocab lint` checks them",
}


def page() -> str:
    """Return the page as Markdown."""
    lines = ["# Rules", "", "Every finding that termbank can make. Made by `docs/make_rules.py`; do not edit.", ""]
    for group, title in TITLES.items():
        lines += [f"## {title}", ""]
        for rule in catalogue().values():
            if rule.group == group:
                lines += [
                    f"### {rule.id}", "", f"*{rule.severity}*", "",
                    f"- sv: {rule.sv} *{rule.advice_sv}*", f"- en: {rule.en} *{rule.advice_en}*", "",
                ]  # fmt: skip
    return "\n".join(lines)


if __name__ == "__main__":
    Path(__file__).with_name("rules.md").write_text(page(), encoding="utf-8")
