"""ValueSet/$batch-validate-code: many codes in one call, each answered as if it came alone."""

import pytest
from asking import ask, code, coding, only, reason, system, uri, value_set, values

BATCH = "ValueSet/$batch-validate-code"
URL, SET = "http://example.org/plan", "http://example.org/plans"
PLAN = system(URL, {"code": "SIP", "display": "samordnad individuell plan"}, "VP")
PLANS = value_set(SET, {"system": URL, "concept": [{"code": "SIP"}]})


def one(**given):
    return {
        "resourceType": "Parameters",
        "parameter": [{"name": name, f"value{kind}": said} for name, (kind, said) in given.items()],
    }


def batch(*validations, **shared):
    status, answer = ask(BATCH, PLAN, PLANS, validation=list(validations), **shared)
    assert status == 200, answer
    return values(answer, "validation")


def test_each_is_answered_as_if_it_came_alone():
    asked = [{"coding": coding(URL, each)} for each in ("SIP", "VP", "no")]
    found = batch(*(one(**each) for each in asked), url=uri(SET))
    alone = [ask("ValueSet/$validate-code", PLAN, PLANS, url=uri(SET), **each)[1] for each in asked]
    assert found == alone
    assert [only(each, "result") for each in found] == [True, False, False]


def test_what_one_says_itself_goes_before_what_is_shared():
    other = value_set("http://example.org/other", {"system": URL, "concept": [{"code": "VP"}]})
    shared = {"url": uri(SET), "displayLanguage": code("en")}
    own = one(coding=coding(URL, "VP"), url=uri("http://example.org/other"))
    carried = one(coding=coding(URL, "VP"))
    carried["parameter"].append({"name": "valueSet", "resource": other})
    _, answer = ask(BATCH, PLAN, PLANS, other, validation=[own, carried], **shared)
    assert [only(each, "result") for each in values(answer, "validation")] == [True, True]


def test_without_a_value_set_the_code_system_answers():
    (found,) = batch(one(url=uri(URL), code=code("SIP")))
    assert found["resourceType"] == "OperationOutcome", "a url names a value set"
    (found,) = batch(one(coding=coding(URL, "SIP")))
    assert only(found, "display") == "samordnad individuell plan"


def test_one_that_cannot_be_answered_leaves_the_others_alone():
    found = batch(
        one(), one(coding=code("SIP")), one(coding=coding(URL, "SIP")), {"resourceType": "Bundle"}, url=uri(SET)
    )
    assert [each["resourceType"] for each in found] == [
        "OperationOutcome", "OperationOutcome", "Parameters", "OperationOutcome",
    ]  # fmt: skip


def test_reasons_in_the_language_of_the_call():
    (found,) = batch(one(coding=coding(URL, "VP")), url=uri(SET), language="sv")
    assert "finns inte i urvalet" in only(found, "message")


@pytest.mark.parametrize(
    ("given", "issue"), [({}, "required"), ({"validation": uri("x")}, "invalid"), ({"validation": [{}]}, None)]
)
def test_what_cannot_be_answered(given, issue):
    status, answer = ask(BATCH, PLAN, **given)
    if issue is None:
        assert status == 200
        assert values(answer, "validation")[0]["resourceType"] == "OperationOutcome"
    else:
        assert (status, reason(answer)[0]) == (400, issue)
