"""The day that a document states, and the days in it that are of something else."""

import datetime

import pytest

from termbank.text.dates import document_date

STATED = [
    ("Fastställd 2024-03-01 av Anna.", "2024-03-01"),
    ("Antagen av kommunfullmäktige 2015-04-27, § 154", "2015-04-27"),
    ("Antaget av Kommunfullmäktige den 29 maj 2017, §104", "2017-05-29"),
    ("Antagna 2011-10-17\nUppdaterade 2013-06-12", "2013-06-12"),
    ("Antagen 2015-05-04. Reviderad i mars 2021.", "2021-03-01"),
    ("Uppdaterad: 2018-05-21", "2018-05-21"),
    ("Senast uppdaterad 2022.05.27 av Matthias", "2022-05-27"),
    ("Senast ändrad den 22 december 2015", "2015-12-22"),
    ("Publicerad www.exempel.se, juni 2014", "2014-06-01"),
    ("Gäller fr. o m: 2017-02-01", "2017-02-01"),
    ("Riktlinjen gäller från 2018-02-01.", "2018-02-01"),
    ("Rutinen fastställdes av ledningen den 3 mars 2019.", "2019-03-03"),
    ("Dokumentet uppdaterades 3 feb. 2019.", "2019-02-03"),
    ("Datum Diarienr\n2012-06-28 655-2012\n\nTillsyn", "2012-06-28"),
    ("Beslutsdatum:\n2023-11-27\nDokumentansvarig:", "2023-11-27"),
    ("Version 2.1, 2019-03-04", "2019-03-04"),
    ("Stockholm den 12 december 2002\n\nKommunerna ska samverka.", "2002-12-12"),
    ("Giltigt till och med 2029-05-31 Reviderat 2017-06-01", "2017-06-01"),
    ("Fastställd av KS § 12, 12/5 2018", "2018-05-12"),
    ("KALLELSE 2015-02-12\n\nOrdföranden hälsar välkommen.", "2015-02-12"),
    ("Verksamhetsberättelse 2018\n\nNämnden har arbetat.", "2018-01-01"),
]

OF_SOMETHING_ELSE = [
    "Datainspektionen beslutade den 25 maj 2011 att granska rutinerna.",
    "Lagen gäller från 2018-01-01.",
    "Den nya lagen antogs 2017-06-15 av riksdagen.",
    "I regeringens beslut den 18 december 2017 framgår summan.",
    "Mötet den 3 mars 2019 handlade om samverkan.",
    "Dokumentet saknar dag.",
    "Fastställd 2024-13-45.",
]


@pytest.mark.parametrize(("text", "day"), STATED)
def test_a_document_states_its_day(text: str, day: str) -> None:
    assert document_date(text) == datetime.date.fromisoformat(day)


@pytest.mark.parametrize("text", OF_SOMETHING_ELSE)
def test_other_days_are_not_the_documents(text: str) -> None:
    assert document_date(text) is None
