"""The table of elements against another library's: the same names, order and repetition, in R4 and R5."""

import importlib

import pytest

from termbank.formats.fhir.structure import PRIMITIVES, RESOURCES, types

LEFT_OUT = {
    "valueSampledData",
    "valueDataRequirement",
    "valueTriggerDefinition",
    "valueAvailability",
    "valueDosage",
    "valueContributor",
}
"""Types that no terminology resource is known to use."""
R4_LISTS = {("ConceptMap", "identifier")}
"""What repeats in R5 alone; it is read as a list."""


def python_class(kind, folder):
    resource = kind.partition(".")[0]
    module = importlib.import_module(f"{folder}.{resource.lower()}")
    name = "".join(part[0].upper() + part[1:] for part in kind.split("."))
    return getattr(module, name, None)


@pytest.mark.parametrize("folder", ["fhir.resources", "fhir.resources.R4B"])
@pytest.mark.parametrize("kind", sorted(types()))
def test_each_type_has_the_elements_of_the_other_library(kind, folder):
    pytest.importorskip("fhir.resources")
    try:
        model = python_class(kind, folder)
    except ModuleNotFoundError:
        assert kind in ("CodeableReference", "ExtendedContactDetail") and folder.endswith("R4B"), "those came with R5"
        return
    if model is None:
        assert folder.endswith("R4B"), kind
        return
    ours = types()[kind]
    theirs = [name for name in model.elements_sequence() if not name.startswith("resource_")]
    assert {name for name in theirs if name not in ours} <= LEFT_OUT
    choices = {name for name in theirs if name.startswith("value") and name not in ("value", "valueSet")}
    order = [name for name in ours if name in theirs and name not in choices]
    assert order == [name for name in theirs if name not in choices]
    for name in set(theirs) - LEFT_OUT:
        field = next(each for key, each in model.model_fields.items() if (each.alias or key) == name)
        repeats = "List" in str(field.annotation) or "list[" in str(field.annotation)
        if folder == "fhir.resources.R4B" and (kind, name) in R4_LISTS:
            assert not repeats and ours[name].repeats
        else:
            assert repeats == ours[name].repeats, name
        primitive = f"{name}__ext" in model.model_fields
        if name not in ("id", "div") and kind != "Extension":
            assert primitive == (ours[name].type in PRIMITIVES), name


def test_each_type_that_is_named_is_there():
    named = {part.type for parts in types().values() for part in parts.values()}
    assert named - PRIMITIVES - {"Resource"} <= set(types())
    assert set(types()) >= RESOURCES
