"""What the specification of SSSOM 1.1 demands, section by section; each test names the section in our own words."""

from pathlib import Path
from typing import ClassVar

import pytest
from sssom_making import MORE, REASON, block, body, canonical, file, findings, kept, one, rewritten, rules, table

from termbank.errors import FormatError
from termbank.formats import sssom
from termbank.formats.sssom.plan import plan
from termbank.formats.sssom.record_hash import expression
from termbank.formats.sssom.values import number
from termbank.model.mapping import LITERAL

ROW = table({})


def test_any_file_name(tmp_path):
    """TSV format, introduction: a file is read whatever its ending."""
    for name in ("a.tsv", "a.txt", "a"):
        assert len(sssom.read(file(tmp_path, block() + ROW, name)).mapping_set.mappings) == 1


class TestMetadataBlock:
    """TSV format, structure: the metadata block."""

    def test_spaces_after_the_sign(self, tmp_path):
        text = block("comment: en fil").replace("#", "#   ")
        assert kept(sssom.read(file(tmp_path, text + ROW)).mapping_set)["comment"] == "en fil"
        uneven = text.replace("#   comment", "# comment")
        with pytest.raises(FormatError, match=r":6: The metadata are not valid YAML"):
            sssom.read(file(tmp_path, uneven + ROW))

    def test_it_stands_first_and_ends_where_no_sign_stands(self, tmp_path):
        with pytest.raises(FormatError, match="Columns are missing"):
            sssom.read(file(tmp_path, "\n" + block().replace("#", "") + ROW))
        path = file(tmp_path, block() + ROW + "#a:1\t\t\t\n")
        assert [each.location.line for each in sssom.read(path).refused] == [8], "below the header it is a row"

    def test_nothing_else_is_in_the_file(self, tmp_path):
        with pytest.raises(FormatError, match=":1: The metadata are not valid YAML"):
            sssom.read(file(tmp_path, "# fritt skrivet\n" + ROW))
        assert "sssom-blank-line" in rules(file(tmp_path, block() + "\n" + ROW))

    def test_one_value_may_stand_for_a_list_of_one(self, tmp_path):
        for written in ("creator_id: a:x", "creator_id: [a:x]", "creator_id:\n#  - a:x"):
            assert kept(sssom.read(file(tmp_path, block(written) + ROW)).mapping_set)["creator_id"] == ["a:x"]

    @pytest.mark.parametrize(
        "lines",
        [("%YAML 1.2", "---", "comment: x"), ("%TAG ! tag:x:", "---", "comment: x"), ("comment: !!str x",),
         ("comment: &x y",), ("comment: &x y", "other: *x")],
    )  # fmt: skip
    def test_forbidden_yaml(self, tmp_path, lines):
        text = "".join(f"#{line}\n" for line in lines)
        with pytest.raises(FormatError, match="not allowed"):
            sssom.read(file(tmp_path, text + ROW))

    def test_values_are_as_written(self, tmp_path):
        text = block("mapping_set_version: 1.10", "mapping_tool_version: 007", "other: yes", "comment: null")
        reading = sssom.read(file(tmp_path, text + ROW)).mapping_set
        assert reading.version == "1.10" and kept(reading.mappings[0])["mapping_tool_version"] == "007"
        assert kept(reading)["other"] == "yes" and "comment" not in kept(reading)


class TestMappingsBlock:
    """TSV format, structure: the mappings block."""

    def test_a_header_comes_first(self, tmp_path):
        for text in (block(), block() + "\n\n", ""):
            with pytest.raises(FormatError, match=r"header row|is empty"):
                sssom.read(file(tmp_path, text))

    def test_quoting(self, tmp_path):
        text = block() + table({"comment": '"ett ""ord"",\ttvå\nrader"', "other": '"bara citerad"'})
        mapping = one(file(tmp_path, text))
        assert mapping.comment == 'ett "ord",\ttvå\nrader' and kept(mapping)["other"] == "bara citerad"

    def test_several_values(self, tmp_path):
        text = block() + table({"author_label": r"Alice\|Bob|C:\dir|D\\|E\\\|F", "see_also": '"x:1|x:2"'})
        mapping = one(file(tmp_path, text))
        assert kept(mapping)["author_label"] == ["Alice|Bob", r"C:\dir", "D\\", r"E\|F"]
        assert kept(mapping)["see_also"] == ["x:1", "x:2"], "the quotes stand around them all"
        assert body(rewritten(text, tmp_path))[0]["author_label"] == r"Alice\|Bob|C:\\dir|D\\|E\\\|F"


class TestExternalMetadata:
    """TSV format, external metadata."""

    def test_beside_and_named(self, tmp_path):
        file(tmp_path, block("comment: bredvid").replace("#", ""), "a.sssom.yml")
        path = file(tmp_path, ROW, "a.sssom.tsv")
        assert kept(sssom.read(path).mapping_set)["comment"] == "bredvid"
        other = file(tmp_path, block("comment: annan").replace("#", ""), "annan.yaml")
        assert kept(sssom.read(path, metadata=other).mapping_set)["comment"] == "annan"
        assert rules(path) == []

    def test_never_in_two_places(self, tmp_path):
        other = file(tmp_path, block().replace("#", ""), "annan.yml")
        assert "sssom-two-metadata" in rules(file(tmp_path, block() + ROW), metadata=other)


class TestEncoding:
    """TSV format, encoding."""

    def test_utf_8(self, tmp_path):
        (tmp_path / "a.tsv").write_bytes((block() + ROW).encode("utf-16"))
        with pytest.raises(FormatError, match="not UTF-8"):
            sssom.read(tmp_path / "a.tsv")
        text = (block() + table({"comment": "vård"}, {"object_id": "b:2"})).encode("cp1252")
        (tmp_path / "a.tsv").write_bytes(text)
        reading = sssom.read(tmp_path / "a.tsv")
        assert [each.rule for each in reading.refused] == ["sssom-undecodable"] and len(reading.places) == 1

    def test_byte_order_mark(self, tmp_path):
        path = file(tmp_path, "\ufeff" + block() + ROW)
        assert rules(path) == ["sssom-byte-order-mark"]
        assert not canonical(sssom.read(path).mapping_set, tmp_path).startswith("\ufeff")


class TestIdentifiers:
    """TSV format and model, identifiers."""

    def test_iris_are_no_identifiers_in_tsv(self, tmp_path):
        path = file(tmp_path, block() + table({"object_id": "https://example.com/other"}))
        (finding,) = sssom.read(path).refused
        assert (finding.rule, finding.location.line, finding.location.field) == ("sssom-not-a-curie", 7, "object_id")
        path = file(tmp_path, block() + table({"object_id": "https://example.org/b/7"}))
        assert rules(path) == ["sssom-iri"] and one(path).object.code == "7", "a declared prefix fits"

    def test_undeclared_prefixes(self, tmp_path):
        path = file(tmp_path, block() + table({"object_id": "c:1"}, {"author_id": "a:1|d:2"}))
        assert [(f.rule, f.location.line, f.location.field) for f in findings(path)] == [
            ("sssom-undeclared-prefix", 7, "object_id"), ("sssom-undeclared-prefix", 8, "author_id"),
        ]  # fmt: skip
        assert len(sssom.read(path).mapping_set.mappings) == 2, "for a bank a prefix is the id of a system"

    def test_built_in_prefixes(self, tmp_path):
        same = {"skos": "http://www.w3.org/2004/02/skos/core#", "a": "https://a/", "b": "https://b/"}
        assert rules(file(tmp_path, block(prefixes=same) + ROW)) == []
        path = file(tmp_path, block(prefixes=same | {"skos": "https://example.org/"}) + ROW)
        assert [(f.rule, f.location.line) for f in findings(path)] == [("sssom-prefix-redefined", 2)]
        assert "skos" not in rewritten(block(prefixes=same) + ROW, tmp_path).split("subject_id")[0]


class TestExtensions:
    """TSV format and model, slots that SSSOM does not know."""

    @pytest.mark.parametrize(
        "definition",
        ["{property: p:x}", "{slot_name: 1x}", "{slot_name: 'e x'}", "{slot_name: comment}", "{slot_name: e, more: x}",
         "{slot_name: e, property: q:x}", "{slot_name: e, type_hint: q:x}", "{slot_name: e, property: [p:x]}", "text"],
    )  # fmt: skip
    def test_a_definition_that_is_none_is_ignored(self, tmp_path, definition):
        path = file(tmp_path, block(f"extension_definitions: [{definition}]", prefixes=MORE) + table({"ext": "x"}))
        assert rules(path) == ["sssom-extension-ignored", "sssom-unknown-slot"]
        assert "extension_definitions" not in kept(sssom.read(path).mapping_set)

    def test_names_and_properties_are_unique(self, tmp_path):
        twice = "extension_definitions: [{slot_name: e, property: p:x}, {slot_name: f, property: p:x}]"
        assert rules(file(tmp_path, block(twice, prefixes=MORE) + ROW)) == ["sssom-extension-ignored"]
        twice = "extension_definitions: [{slot_name: e}, {slot_name: e, property: p:x}]"
        assert rules(file(tmp_path, block(twice, prefixes=MORE) + ROW)) == ["sssom-extension-ignored"]

    def test_any_name_is_kept_with_or_without_definition(self, tmp_path):
        text = block("extension_definitions: [{slot_name: vikt}]", "vikt: 1", "andra: 2") + table({"tredje": "3"})
        reading = sssom.read(file(tmp_path, text)).mapping_set
        assert (kept(reading)["vikt"], kept(reading)["andra"]) == ("1", "2")
        assert kept(reading.mappings[0])["tredje"] == "3"
        assert sssom.read(file(tmp_path, canonical(reading, tmp_path))).mapping_set == reading

    def test_properties_that_nobody_gave(self, tmp_path):
        text = block("extension_definitions: [{slot_name: vikt}]", prefixes=MORE) + table({"vikt": "3"})
        ready = plan(sssom.read(file(tmp_path, text)).mapping_set)
        assert "(31:http://sssom.invalid/vikt" not in expression(ready.records[0], ready)
        assert "(25:http://sssom.invalid/vikt1:3)" in expression(ready.records[0], ready)

    def test_no_composite_values(self, tmp_path):
        (finding,) = findings(file(tmp_path, block("ext_x: [1, 2]", prefixes=MORE) + ROW))
        assert (finding.rule, finding.location.field) == ("sssom-composite-value", "ext_x")

    @pytest.mark.parametrize(
        ("hint", "good", "bad"),
        [("xsd:integer", "-12", "1.5"), ("xsd:double", "1.5e3", "x"), ("xsd:boolean", "true", "ja"),
         ("xsd:date", "2026-02-28", "2026-02-30"), ("xsd:datetime", "2026-02-28T01:02:03+01:00", "2026-02-28"),
         ("linkml:Uriorcurie", "a:1", "q:1"), ("xsd:string", "vad som helst", None)],
    )  # fmt: skip
    def test_types_are_checked(self, tmp_path, hint, good, bad):
        said = block(f"extension_definitions: [{{slot_name: e, property: p:e, type_hint: '{hint}'}}]", prefixes=MORE)
        assert rules(file(tmp_path, said + table({"e": good}))) == []
        if bad is not None:
            path = file(tmp_path, said + table({"e": bad}))
            assert rules(path) == ["sssom-misfit"] and kept(one(path))["e"] == bad, "said, and kept"


class TestOldVersions:
    """TSV format, compatibility with versions before 1.0."""

    @pytest.mark.parametrize(
        ("old", "new"),
        [("Lexical", "LexicalMatching"), ("Logical", "LogicalMatching"), ("HumanCurated", "ManualMappingCuration"),
         ("Complex", "CompositeMatching"), ("Unspecified", "UnspecifiedMatching"),
         ("SemanticSimilarity", "SemanticSimilarityThresholdMatching")],
    )  # fmt: skip
    def test_match_type(self, tmp_path, old, new):
        text = block() + ROW.replace("mapping_justification", "match_type").replace(REASON, old)
        assert one(file(tmp_path, text)).justification == f"semapv:{new}"

    def test_match_type_of_another_value(self, tmp_path):
        text = block() + ROW.replace("mapping_justification", "match_type").replace(REASON, "Gissning")
        (finding,) = sssom.read(file(tmp_path, text)).refused
        assert (finding.rule, dict(finding.arguments)["slot"]) == ("sssom-unknown-value", "match_type")

    def test_old_slots_give_way(self, tmp_path):
        text = block() + table(
            {"match_type": "Lexical", "match_term_type": "ClassMatch", "subject_type": "skos concept"}
        )
        path = file(tmp_path, text)
        assert one(path).justification == REASON and kept(one(path)) == {"subject_type": "skos concept"}
        assert rules(path) == ["sssom-old-ignored", "sssom-old-ignored"]

    @pytest.mark.parametrize(
        ("old", "new"),
        [("ConceptMatch", "skos concept"), ("ClassMatch", "owl class"), ("ObjectPropertyMatch", "owl object property"),
         ("IndividualMatch", "owl named individual"), ("DataPropertyMatch", "owl data property"),
         ("TermMatch", "rdfs literal")],
    )  # fmt: skip
    def test_match_term_type(self, tmp_path, old, new):
        row = {"match_term_type": old, "subject_label": "s", "object_label": "o"}
        mapping = one(file(tmp_path, block() + table(row)))
        assert (kept(mapping)["subject_type"], kept(mapping)["object_type"]) == (new, new)
        path = file(tmp_path, block() + table(row | {"match_term_type": "Annat"}))
        assert [f.rule for f in sssom.read(path).refused] == ["sssom-unknown-value"]

    def test_semantic_similarity(self, tmp_path):
        row = {"semantic_similarity_score": "0.5", "semantic_similarity_measure": "Jaccard"}
        mapping = one(file(tmp_path, block() + table(row)))
        assert kept(mapping) == {"similarity_score": 0.5, "similarity_measure": "Jaccard"}


class TestCanonical:
    """TSV format, the canonical form: general rules and the metadata block."""

    def test_lines_and_signs(self, tmp_path):
        text = (block("comment: x").replace("#", "# ") + ROW).replace("\n", "\r\n")
        written = rewritten(text, tmp_path)
        assert "\r" not in written and written.startswith("#curie_map:\n#  a: https://example.org/a/\n")
        assert "\n#comment: x\nsubject_id\t" in written

    def test_lists_are_blocks(self, tmp_path):
        assert "\n#creator_id:\n#  - a:x\n" in rewritten(block("creator_id: a:x") + ROW, tmp_path)

    @pytest.mark.parametrize(
        ("text", "written"),
        [("vanlig text", "vanlig text"), ("a: b", '"a: b"'), ("2026", '"2026"'), ("ja", "ja"), ("yes", '"yes"'),
         ("#x", '"#x"'), ("x #y", '"x #y"'), ("två\nrader", '"två\\nrader"'), (" kant", '" kant"'), ("- x", '"- x"'),
         ('ett "ord"', 'ett "ord"'), ('"helt"', '"\\"helt\\""'), ("1e3", '"1e3"'), ("~", '"~"'), ("[x]", '"[x]"'),
         ("x, y", "x, y"), ("&a", '"&a"'), ("https://example.org/#x", "https://example.org/#x"), ("'x", '"\'x"')],
    )  # fmt: skip
    def test_scalars(self, tmp_path, text, written):
        reading = sssom.read(file(tmp_path, block() + ROW)).mapping_set
        changed = reading.with_(description=text)
        found = canonical(changed, tmp_path)
        assert f"\n#mapping_set_description: {written}\n" in found
        assert sssom.read(file(tmp_path, found)).mapping_set.description == text

    def test_slots_in_order(self, tmp_path):
        lines = ("comment: c", "issue_tracker: x:i", "publication_date: 2026-01-02", "mapping_set_confidence: 0.80",
                 "mapping_set_title: T", "creator_label: K", "mapping_set_version: v1", "zzz: sist")  # fmt: skip
        written = rewritten(block(*lines) + ROW, tmp_path)
        keys = [line[1:].partition(":")[0] for line in written.splitlines() if line[:2] != "# " and line[0] == "#"]
        assert keys == ["sssom_version", "curie_map", "mapping_set_id", "mapping_set_version", "mapping_set_title",
                        "mapping_set_confidence", "creator_label", "license", "publication_date", "issue_tracker",
                        "comment", "zzz"]  # fmt: skip
        assert "\n#mapping_set_confidence: 0.8\n" in written and "\n#publication_date: 2026-01-02\n" in written

    def test_prefixes_that_are_used_sorted(self, tmp_path):
        prefixes = {"z": "https://z/", "b": "https://b/", "a": "https://a/", "owl": "http://www.w3.org/2002/07/owl#"}
        reading = sssom.read(file(tmp_path, block(prefixes=prefixes) + ROW)).mapping_set
        losses = sssom.write(reading, tmp_path / "out.sssom.tsv")
        assert (
            (tmp_path / "out.sssom.tsv").read_text().startswith("#curie_map:\n#  a: https://a/\n#  b: https://b/\n#m")
        )
        assert [(loss.field, loss.example) for loss in losses.losses] == [("curie_map", "z")]

    def test_extensions_by_property(self, tmp_path):
        named = ("  - {slot_name: e1, property: p:z}", "  - {slot_name: e2, property: p:y}", "  - {slot_name: e3}")
        said = block("extension_definitions:", *named, "e1: ett", "e2: två", prefixes=MORE)
        written = rewritten(said + table({"e1": "a", "e2": "b", "comment": "k"}), tmp_path)
        assert written.index("property: p:y") < written.index("property: p:z") and "e3" not in written
        assert written.index("#e2: två") < written.index("#e1: ett")
        assert written.splitlines()[-2].endswith("comment\te2\te1")


class TestCanonicalRows:
    """TSV format, the canonical form: the mappings block."""

    def test_quotes_only_where_needed(self, tmp_path):
        text = block() + table({"comment": '"utan skäl"', "other": '"ett ""skäl"""'})
        assert rewritten(text, tmp_path).splitlines()[-1].endswith('\t"ett ""skäl"""\tutan skäl')

    @pytest.mark.parametrize(
        ("given", "written"),
        [("1.0", "1"), ("0.95", "0.95"), ("0.12345", "0.123"), ("0.0005", "0.001"), ("0.1235", "0.124"), ("0", "0"),
         ("1e-1", "0.1"), ("0.500", "0.5")],
    )  # fmt: skip
    def test_numbers(self, tmp_path, given, written):
        reading = sssom.read(file(tmp_path, block() + table({"confidence": given}))).mapping_set
        losses = sssom.write(reading, tmp_path / "out.sssom.tsv")
        assert body((tmp_path / "out.sssom.tsv").read_text())[0]["confidence"] == written
        assert bool(losses) == (float(given) != float(written)), "what is rounded is told"

    def test_columns_and_rows_in_order(self, tmp_path):
        rows = [
            {"comment": "k", "object_id": "b:2"},
            {"object_id": "b:10"},
            {"subject_label": "s", "subject_id": "a:0"},
        ]
        written = rewritten(block() + table(*rows), tmp_path).splitlines()
        assert written[-4] == "subject_id\tsubject_label\tpredicate_id\tobject_id\tmapping_justification\tcomment"
        assert [line.split("\t")[0] + line.split("\t")[3] for line in written[-3:]] == ["a:0b:1", "a:1b:10", "a:1b:2"]

    def test_no_empty_columns(self, tmp_path):
        assert "comment" not in rewritten(block() + table({}, columns=("comment",)), tmp_path)


class TestModel:
    """The model: what every mapping has, predicates, literals."""

    @pytest.mark.parametrize("slot", ["subject_id", "predicate_id", "object_id", "mapping_justification"])
    def test_what_every_mapping_has(self, tmp_path, slot):
        (finding,) = sssom.read(file(tmp_path, block() + table({slot: ""}))).refused
        assert (finding.rule, finding.location.line, finding.location.field) == ("sssom-empty-slot", 7, slot)
        with pytest.raises(FormatError, match=f":6: Columns are missing: {slot}"):
            sssom.read(file(tmp_path, block() + ROW.replace(slot, "other")))

    def test_any_predicate(self, tmp_path):
        mapping = one(file(tmp_path, block(prefixes=MORE) + table({"predicate_id": "p:vad_som_helst"})))
        assert (mapping.predicate, mapping.relationship) == ("p:vad_som_helst", "related-to")

    def test_mappings_alike_in_what_they_must_have(self, tmp_path):
        path = file(tmp_path, block() + table({"comment": "ett"}, {"comment": "två"}))
        assert len(sssom.read(path).mapping_set.mappings) == 2 and rules(path) == []

    @pytest.mark.parametrize("side", ["subject", "object"])
    def test_literals(self, tmp_path, side):
        row = {f"{side}_id": "", f"{side}_label": "upprätta SIP", f"{side}_type": "rdfs literal"}
        path = file(tmp_path, block() + table(row))
        assert rules(path) == []
        coding = getattr(one(path), side)
        assert (coding.system, coding.code) == (LITERAL, "upprätta SIP")
        assert body(rewritten(path.read_text(), tmp_path))[0][f"{side}_label"] == "upprätta SIP"
        assert rules(file(tmp_path, block() + table(row | {f"{side}_type": "owl class"}))) == ["sssom-empty-slot"]
        assert rules(file(tmp_path, block() + table(row | {f"{side}_label": ""}))) == ["sssom-literal-without-label"]
        said = block(f"{side}_type: rdfs literal")
        assert rules(file(tmp_path, said + table({**row, f"{side}_type": ""}))) == [], "said once for all"

    def test_no_term_only_where_it_may_stand(self, tmp_path):
        path = file(tmp_path, block("object_source: b:x") + table({"object_id": "sssom:NoTermFound"}))
        assert rules(path) == [] and one(path).object is None
        path = file(tmp_path, block("subject_source: b:x") + table({"subject_id": "sssom:NoTermFound"}))
        assert rules(path) == [] and str(one(path).subject) == "sssom#NoTermFound"
        for slot in ("predicate_id", "author_id", "subject_source"):
            assert rules(file(tmp_path, block() + table({slot: "sssom:NoTermFound"}))) == ["sssom-misplaced-no-term"]
        assert rules(file(tmp_path, block() + table({"object_id": "sssom:NoTermFound"}))) == ["sssom-no-source"]

    def test_a_review_has_a_reviewer(self, tmp_path):
        said = block('sssom_version: "1.1"')
        for slot, value in (("review_date", "2026-01-01"), ("reviewer_agreement", "-0.5")):
            assert rules(file(tmp_path, said + table({slot: value}))) == ["sssom-no-reviewer"]
            assert rules(file(tmp_path, said + table({slot: value, "reviewer_label": "R"}))) == []


class TestPropagation:
    """The model: propagation and condensation."""

    def test_down(self, tmp_path):
        said = block("mapping_tool: T", "curation_rule_text: [r]", "mapping_date: 2026-01-02", "comment: bara mängden")
        reading = sssom.read(file(tmp_path, said + table({}, {"object_id": "b:2"}))).mapping_set
        for mapping in reading.mappings:
            assert (mapping.tool, str(mapping.date), mapping.comment) == ("T", "2026-01-02", None)
            assert kept(mapping) == {"curation_rule_text": ["r"]}
        assert set(kept(reading)) == {"curie_map", "comment", "subject_source", "object_source"}

    def test_not_where_any_mapping_has_its_own(self, tmp_path):
        path = file(tmp_path, block("mapping_tool: T") + table({"mapping_tool": "U"}, {"object_id": "b:2"}))
        reading = sssom.read(path).mapping_set
        assert [mapping.tool for mapping in reading.mappings] == ["U", None]
        assert kept(reading)["mapping_tool"] == "T" and rules(path) == ["sssom-not-propagated"]
        assert sssom.read(file(tmp_path, canonical(reading, tmp_path))).mapping_set == reading

    def test_up(self, tmp_path):
        rows = ({"mapping_tool": "T", "object_type": "owl class"}, {"mapping_tool": "T", "object_id": "b:2"})
        written = rewritten(block() + table(*rows), tmp_path)
        assert "#mapping_tool: T\n" in written and "#object_type" not in written
        assert [row.get("object_type") for row in body(written)] == ["owl class", ""]

    def test_not_onto_another_value(self, tmp_path):
        reading = sssom.read(file(tmp_path, block() + table({"mapping_provider": "x:mine"}))).mapping_set
        extra = {"sssom": {**kept(reading), "mapping_provider": "x:theirs"}}
        written = canonical(reading.with_(extra=extra), tmp_path)
        assert "#mapping_provider: x:theirs\n" in written and body(written)[0]["mapping_provider"] == "x:mine"

    def test_it_can_be_turned_off(self, tmp_path):
        reading = sssom.read(file(tmp_path, block("mapping_tool: T") + ROW)).mapping_set
        assert body(canonical(reading, tmp_path, condense=False))[0]["mapping_tool"] == "T"


class TestCardinality:
    """The model: cardinality, its scope, and entities without counterpart."""

    def test_as_computed(self, tmp_path):
        rows = [("a:1", "b:1", "1:n"), ("a:1", "b:2", "n:n"), ("a:2", "b:2", "n:1"),
                ("a:3", "sssom:NoTermFound", "1:0"), ("sssom:NoTermFound", "b:9", "0:1"),
                ("sssom:NoTermFound", "sssom:NoTermFound", "0:0"), ("a:4", "b:4", "1:1")]  # fmt: skip
        made = [{"subject_id": s, "object_id": o, "mapping_cardinality": c} for s, o, c in rows]
        said = block('sssom_version: "1.1"', "subject_source: a:s", "object_source: b:s")
        assert rules(file(tmp_path, said + table(*made))) == []
        wrong = [row | {"mapping_cardinality": "1:1"} for row in made]
        found = findings(file(tmp_path, said + table(*wrong)))
        assert [(f.rule, f.location.line, dict(f.arguments)["computed"]) for f in found] == [
            ("sssom-wrong-cardinality", 10 + index, right) for index, (_, _, right) in enumerate(rows) if right != "1:1"
        ]

    def test_within_a_scope(self, tmp_path):
        rows = [{"object_id": "b:1", "predicate_id": "skos:broadMatch"}, {"object_id": "b:2"}, {"object_id": "b:3"}]
        made = [row | {"mapping_cardinality": c} for row, c in zip(rows, ("1:1", "1:n", "1:n"), strict=True)]
        said = block('sssom_version: "1.1"')
        scoped = said + "#cardinality_scope: [predicate_id]\n"
        assert rules(file(tmp_path, scoped + table(*made))) == []
        assert rules(file(tmp_path, said + table(*made))) == ["sssom-wrong-cardinality"]
        by_row = [row | {"cardinality_scope": "predicate_id"} for row in made]
        assert rules(file(tmp_path, said + table(*by_row))) == []

    def test_literals_count_by_their_labels(self, tmp_path):
        row = {"subject_id": "", "subject_type": "rdfs literal", "mapping_cardinality": "1:1"}
        rows = (row | {"subject_label": "x"}, row | {"subject_label": "y", "object_id": "b:2"})
        assert rules(file(tmp_path, block() + table(*rows))) == []


class TestVersions:
    """The model: versions."""

    def test_without_a_version_it_is_1_0(self, tmp_path):
        (finding,) = findings(file(tmp_path, block() + table({"predicate_type": "rdf property"})))
        assert (finding.rule, finding.location.field) == ("sssom-newer-slot", "predicate_type")
        assert rules(file(tmp_path, block() + table({"subject_type": "composed entity expression"}))) == [
            "sssom-newer-slot"
        ]
        assert rules(file(tmp_path, block('sssom_version: "1.1"') + table({"record_id": "a:r"}))) == []

    @pytest.mark.parametrize(
        ("said", "rule"),
        [("1.0", "sssom-version-contradicts"), ("1.7", "sssom-newer-version"), ("2.0", "sssom-unknown-version"),
         ("x", "sssom-unknown-version")],
    )  # fmt: skip
    def test_other_versions(self, tmp_path, said, rule):
        path = file(tmp_path, block(f"sssom_version: {said}") + ROW)
        assert rules(path) == [rule] and len(sssom.read(path).mapping_set.mappings) == 1

    def test_the_lowest_that_will_do_is_written(self, tmp_path):
        assert "sssom_version" not in rewritten(block('sssom_version: "1.1"') + ROW, tmp_path)
        assert rewritten(block() + table({"record_id": "a:r"}), tmp_path).startswith('#sssom_version: "1.1"\n')
        assert "1.1" in rewritten(block("curation_rule_text: r") + ROW, tmp_path), "on the set it is new"

    def test_relative_uris_were_allowed(self, tmp_path):
        assert rules(file(tmp_path, block() + table({"see_also": "se även"}))) == ["sssom-relative-uri"]
        path = file(tmp_path, block('sssom_version: "1.1"') + table({"see_also": "se även"}))
        assert [f.severity for f in findings(path)] == ["error"]


class TestHash:
    """Supporting functions: the hash of a record, with the test vectors of the specification."""

    SETS: ClassVar = {
        "0A442FB005783031": (
            {"FBbt": "http://purl.obolibrary.org/obo/FBbt_", "UBERON": "http://purl.obolibrary.org/obo/UBERON_",
             "orcid": "https://orcid.org/"}, (),
            {"subject_id": "FBbt:00001234", "object_id": "UBERON:0005678",
             "creator_id": "orcid:0000-0000-5678-1234|orcid:0000-0000-1234-5678"}),
        "97170EB542E9AE8F": (
            {"FOODON": "http://purl.obolibrary.org/obo/FOODON_", "KF_FOOD": "https://kewl-foodie.ince/food/",
             "wikidata": "https://www.wikidata.org/wiki/"},
            ("subject_source: KF_FOOD:DB", "object_source: wikidata:Q55118395",
             "object_source_version: http://purl.obolibrary.org/obo/foodon/releases/2022-02-01/foodon.owl"),
            {"subject_id": "KF_FOOD:F001", "object_id": "FOODON:00002473", "confidence": "0.95",
             "mapping_date": "2022-05-02"}),
        "18F3436E89AA1AA2": (
            {"FBbt": "http://purl.obolibrary.org/obo/FBbt_", "UBERON": "http://purl.obolibrary.org/obo/UBERON_",
             "example": "https://example.org/sets/record-id#"}, (),
            {"record_id": "example:0000001", "subject_id": "FBbt:0009124", "object_id": "UBERON:0000003",
             "mapping_justification": "semapv:LexicalMatching", "mapping_cardinality": "1:1"}),
        "0D45A2E8C64EBD65": (
            {"HP": "http://purl.obolibrary.org/obo/HP_", "MP": "http://purl.obolibrary.org/obo/MP_"},
            ("mapping_provider: https://w3id.org/sssom/core_team",),
            {"subject_id": "HP:0009124", "object_id": "MP:0000003", "similarity_score": "0.8",
             "mapping_justification": "semapv:LexicalSimilarityThresholdMatching"}),
        "66BD0A57A976A109": (
            {"COMENT": "https://example.com/entities/", "EXPROP": "https://example.org/properties/",
             "ORGENT": "https://example.org/entities/"},
            ("extension_definitions:", "  - {slot_name: ext_bar, property: EXPROP:barProperty, type_hint: xsd:integer}",
             "  - {slot_name: ext_baz, property: EXPROP:bazProperty, type_hint: linkml:Uriorcurie}"),
            {"subject_id": "ORGENT:0001", "subject_label": "alice", "predicate_id": "skos:closeMatch",
             "object_id": "COMENT:0011", "object_label": "alpha", "ext_bar": "111", "ext_baz": "ORGENT:BAZ_0001"}),
    }  # fmt: skip

    @pytest.mark.parametrize("value", SETS)
    def test_vectors(self, tmp_path, value):
        prefixes, lines, row = self.SETS[value]
        reading = sssom.read(file(tmp_path, block(*lines, prefixes=prefixes) + table(row))).mapping_set
        assert sssom.record_hash(reading.mappings[0], reading) == value

    @pytest.mark.parametrize(
        ("value", "said"),
        [(0.7832, "0.783"), (0.7835, "0.784"), (0.7836, "0.784"), (-0.7832, "-0.783"), (-0.7836, "-0.784"),
         (-0.7835, "-0.784"), (0.7, "0.7"), (1.0, "1"), (0.0, "0")],
    )  # fmt: skip
    def test_numbers(self, value, said):
        assert number(value) == said

    def test_lengths_are_those_of_utf_8(self, tmp_path):
        reading = sssom.read(file(tmp_path, block() + table({"comment": "å"}))).mapping_set
        ready = plan(reading)
        assert "(7:comment2:å)" in expression(ready.records[0], ready)


def test_record_ids_are_all_or_none_and_unique(tmp_path: Path):
    """Schema: record_id."""
    rows = [{"record_id": "a:r1"}, {"record_id": "a:r1", "object_id": "b:2"}, {"object_id": "b:3"}]
    path = file(tmp_path, block('sssom_version: "1.1"') + table(*rows))
    assert rules(path) == ["sssom-repeated-id", "sssom-missing-id"]
