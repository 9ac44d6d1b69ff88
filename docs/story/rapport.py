"""Räknar händelserna kring planen: `rapport.py` ur de omvandlade filerna, `rapport.py beslut` visar besluten."""

import csv
import sys
from collections import Counter
from pathlib import Path

RESULTAT = Path("resultat")
RELATION = {"exactMatch": "same", "broadMatch": "target is wider", "closeMatch": "close"}


def rader(namn: str) -> list[dict[str, str]]:
    """Läs en fil som termbank har skrivit."""
    with (RESULTAT / namn).open(encoding="utf-8", newline="") as fil:
        return list(csv.DictReader(fil, delimiter=";"))


def beslut() -> None:
    """Visa vad granskaren bestämde, ord för ord."""
    with (RESULTAT / "lokala-ord-till-ksi.sssom.tsv").open(encoding="utf-8", newline="") as fil:
        tabell = csv.DictReader((rad for rad in fil if not rad.startswith("#")), delimiter="\t")
        for rad in tabell:
            relation = RELATION[rad["predicate_id"].removeprefix("skos:")]
            mål = f"{relation}: {rad['object_id'].removeprefix('ksi:')} {rad['object_label']}"
            if rad["object_id"] == "sssom:NoTermFound":
                mål = "no counterpart"
            elif rad["predicate_modifier"]:
                mål = f"not the {mål}"
            säker = f", sure to {rad['confidence']}" if rad["confidence"] else ""
            print(f"{rad['subject_id'].removeprefix('lokal:'):6}{mål}")
            print(f"      by {rad['author_label']}{säker}; reviewed by {rad['reviewer_label']}, {rad['review_date']}")
            if rad["comment"]:
                print(f"      {rad['comment']}")


def rapport() -> None:
    """Räkna händelser av varje slag hos varje huvudman."""
    filer = {"kommun": "kommun-i-ksi.csv", "region": "region-i-ksi.csv"}
    ut = {vem: rader(namn) for vem, namn in filer.items()}
    avvisade = {vem: rader(namn.replace(".csv", ".rejects.csv")) for vem, namn in filer.items()}
    slag = {vem: Counter(f"{rad['KSI']:10}{rad['KSI-titel']}" for rad in alla if rad["KSI"]) for vem, alla in ut.items()}
    print("kommun  region  kind of act (KSI)")
    for namn in sorted(set().union(*slag.values())):
        print(f"{slag['kommun'][namn]:6}{slag['region'][namn]:8}  {namn}")
    print(f"{slag['kommun'].total():6}{slag['region'].total():8}  acts with a KSI code")
    print("\nkept, without a KSI code")
    for vem, kod, titel in (("kommun", "Kod", "Händelse"), ("region", "Åtgärd", "KVÅ-titel")):
        for namn, antal in sorted(Counter(f"{r[kod]:6} {r[titel]}" for r in ut[vem] if not r["KSI"]).items()):
            print(f"{antal:6}  {vem}  {namn}")
    print("\nrows read = kept + rejected")
    for vem in filer:
        print(f"{vem}  {len(ut[vem]) + len(avvisade[vem])} = {len(ut[vem])} + {len(avvisade[vem])}")
        for rad in avvisade[vem]:
            print(f"        line {rad['termbank_line']}: {rad['termbank_reason'].split(' Nearest')[0]}")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    beslut() if sys.argv[1:] == ["beslut"] else rapport()
