"""Räknar händelserna kring planen: `rapport.py` ur de omvandlade filerna, `rapport.py beslut` visar besluten."""

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

RESULTAT = Path("resultat")
RELATION = {"exactMatch": "same", "broadMatch": "target is wider"}


def rader(namn: str) -> list[dict[str, str]]:
    """Läs en fil som termbank har skrivit."""
    with (RESULTAT / namn).open(encoding="utf-8", newline="") as fil:
        return list(csv.DictReader(fil, delimiter=";"))


def beslut() -> Iterator[str]:
    """Säg vad granskaren bestämde, ord för ord."""
    with (RESULTAT / "lokala-ord-till-ksi.sssom.tsv").open(encoding="utf-8", newline="") as fil:
        for rad in csv.DictReader((rad for rad in fil if not rad.startswith("#")), delimiter="\t"):
            kod = f"{RELATION[rad['predicate_id'].removeprefix('skos:')]}: {rad['object_id'].removeprefix('ksi:')}"
            sagt = f"{'not the ' if rad['predicate_modifier'] else ''}{kod} {rad['object_label']}"
            yield f"{rad['subject_id'].removeprefix('lokal:'):6}{sagt if rad['object_label'] else 'no counterpart'}"
            hur = f", sure to {rad['confidence']}" if rad["confidence"] else ""
            yield f"      by {rad['author_label']}{hur}; reviewed by {rad['reviewer_label']}, {rad['review_date']}"
            if rad["comment"]:
                yield f"      {rad['comment']}"


def rapport() -> Iterator[str]:
    """Räkna händelser av varje slag hos varje huvudman."""
    ut = {vem: rader(f"{vem}-i-ksi.csv") for vem in ("kommun", "region")}
    slag = {vem: Counter(f"{rad['KSI']:10}{rad['KSI-titel']}" for rad in ut[vem] if rad["KSI"]) for vem in ut}
    yield "kommun  region  kind of act (KSI)"
    for namn in sorted(set().union(*slag.values())):
        yield f"{slag['kommun'][namn]:6}{slag['region'][namn]:8}  {namn}"
    yield f"{slag['kommun'].total():6}{slag['region'].total():8}  acts with a KSI code"
    yield "\nkept, without a KSI code"
    for vem, kod, titel in (("kommun", "Kod", "Händelse"), ("region", "Åtgärd", "KVÅ-titel")):
        utan = Counter(f"{rad[kod]:6} {rad[titel]}" for rad in ut[vem] if not rad["KSI"])
        yield from (f"{antal:6}  {vem}  {namn}" for namn, antal in sorted(utan.items()))
    yield "\nrows read = kept + rejected"
    for vem, kvar in ut.items():
        avvisade = rader(f"{vem}-i-ksi.rejects.csv")
        yield f"{vem}  {len(kvar) + len(avvisade)} = {len(kvar)} + {len(avvisade)}"
        for rad in avvisade:
            yield f"        line {rad['termbank_line']}: {rad['termbank_reason'].split(' Nearest')[0]}"


if __name__ == "__main__":
    text = "\n".join(beslut() if sys.argv[1:] == ["beslut"] else rapport())
    sys.stdout.buffer.write(f"{text}\n".encode())
