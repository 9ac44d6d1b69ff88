"""Which language is wanted, and which is there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.terminology.languages import DEPTHS, Languages, Tag, tag

tags = st.builds(
    lambda *parts: "-".join(each for each in parts if each),
    st.sampled_from(["sv", "en", "de", "nds", "*"]),
    st.sampled_from(["", "Latn"]),
    st.sampled_from(["", "SE", "419"]),
    st.sampled_from(["", "x-own"]),
)
weights = st.sampled_from(["", ";q=1", "; q=0.5", ";q=0", ";q=.25", ";q=1.0"])
lists = st.lists(st.builds(lambda name, weight: name + weight, tags, weights), min_size=1, max_size=5).map(", ".join)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("sv", ("sv", "", "", "")),
        ("SV-se", ("sv", "", "se", "")),
        ("zh-Hant-TW", ("zh", "hant", "tw", "")),
        ("es-419", ("es", "", "419", "")),
        ("de-DE-1996", ("de", "", "de", "1996")),
        ("x-own", ("x", "", "", "own")),
        ("*", ("*", "", "", "")),
    ],
)
def test_the_parts_of_a_tag(text, parts):
    assert Tag.parse(text) == parts


@pytest.mark.parametrize(
    "text", ["", "-", "sv-", "s", "1", "svenska språket", "sv_SE", "abcdefghi", "x", "sv--se", "é"]
)
def test_what_is_no_tag(text):
    assert tag(text) is None
    with pytest.raises(ValueError, match="is no language tag"):
        Languages.parse(text)


@pytest.mark.parametrize("text", ["sv;q=2", "sv;q=-1", "sv;q=x", "sv;w=1", "sv;", "sv,", ",".join(["sv"] * 101)])
def test_what_is_no_list_of_languages(text):
    with pytest.raises(ValueError, match=r"is no language|more than"):
        Languages.parse(text)


@pytest.mark.parametrize(
    ("wanted", "there", "result"),
    [
        ("sv", "sv", True),
        ("sv", "sv-FI", True),
        ("sv-SE", "sv", True),
        ("sv", "en", False),
        ("sv", "", True),
        ("*", "en", True),
        ("sv, *;q=0.1", "en", True),
        ("sv, *;q=0", "en", False),
        ("sv;q=0", "sv", False),
        ("sv", "no tag at all", False),
    ],
)
def test_whether_a_text_in_a_language_will_do(wanted, there, result):
    assert Languages.parse(wanted).match(there) is result


@pytest.mark.parametrize(("wanted", "there", "depths"), [("sv-SE", "sv-se", 3), ("sv", "sv-SE", 1), ("sv", "en", 0)])
def test_how_closely_tags_agree(wanted, there, depths):
    assert sum(Languages.parse(wanted).match(there, depth) for depth in DEPTHS) == depths


@given(lists)
def test_a_list_is_in_the_order_of_its_weights_and_written_as_it_is_read(text):
    languages = Languages.parse(text)
    found = [each.weight for each in languages]
    assert found == sorted(found, reverse=True)
    assert Languages.parse(str(languages)).wanted == languages.wanted


@given(lists, tags.filter(lambda each: "*" not in each))
def test_any_other_language_will_do_only_as_a_last_resort_and_where_the_list_does_not_speak_of_it(text, there):
    plain, lenient = Languages.parse(text), Languages.parse(text, any_other=True)
    assert str(plain) == str(lenient)
    assert lenient.match(there) is (plain.match(there) or not any(each.tag.language == "*" for each in plain))
    assert [each.implied for each in lenient][:-1] == [False] * (len(lenient.wanted) - 1) or lenient.wanted[
        -1
    ].weight == 0


@given(lists, tags)
def test_what_agrees_closely_agrees_loosely(text, there):
    languages = Languages.parse(text)
    found = [languages.match(there, depth) for depth in DEPTHS]
    assert found == sorted(found)
