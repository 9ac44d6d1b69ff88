"""Abbreviations that need no explanation, and words in capitals that are none."""

KNOWN: dict[str, str] = {
    "statutes and plans that everyone in care names so":
        "SIP LSS HSL SoL LVU LVM LPT LRV OSL PDL PSL GDPR RF TF LOU LOV SFB BrB LAS MBL AML PBL ÄB JB RB SFS "
        "SOSFS HSLF-FS HSLF FS SOU Ds KSH97 KVÅ KSI ICF ICD ATC ICF-CY",
    "places, roles and activities of care":
        "ADL IADL AT ST IVO SKR BVC MVC BUP IVA HVB MAS BB HR IT PM FAQ FoU",
    "classifications and standards, which are names":
        "DSM ICPC ICNP KMÅ KKÅ DRG NordDRG SNOMED SNOMED-CT LOINC HL7 FHIR RIV RIV-TA EHDS DICOM IHE EN",
    "systems, services and registers, which are names":
        "HSA SITHS NPÖ NVR KOLADA PMO VIVA TES SveDem SENIOR SJUNET eIDAS HSAN",
    "organisations":
        "WHO FN EU EG EES ILO OECD UNICEF UNESCO NATO USA UK UD JO JK DO SKL SVT SR TV TT SJ KTH SLU KI LO "
        "TCO SACO RFSU RFSL IOGT NTO PRO SPF BRIS CSN SCB PTS PRV SMHI AFA KPA IMF BNP RSMH NSPH",
    "examinations, illnesses and remedies that patients name so":
        "EKG CRP EEG MR MRT CT DT HIV AIDS KOL ALS MS ADHD ADD PTSD DNA RNA TBC MRSA BMI KBT ECT DAMP COVID "
        "COVID-19 SARS IVF HLR ID PCR",
    "companies, which are written so":
        "IKEA ABB SAS SEB IBM SKF BMW VW HP ICA NCC PEAB JM SSAB AB HB KB HSB KPMG PWC LKAB SCA DHL UPS BBC "
        "CNN NASA OKQ8 BASF",
    "common in any text":
        "OBS DNR ISBN ISSN DOI ROT RUT SFI SVA PS TEL NB NR ED PDF SMS MMS USB GPS PC CD DVD CV VD WC VIP ISO SIS "
        "AM FM PIN URL QR VAT USD SEK EUR AI BE CE DE HBT HBTQ HBTQI HBTQIA SO NO JA NEJ HTML XML CSV API WEB "
        "KR TKR MKR ML MG KG CM MM KM DL CL HZ MHZ GHZ KW KWH CO2 O2 H2O N2O PH MMHG CO NaCl BankID eID VAB "
        "OK FAX STD SV SE NU VS MB GB TB IE MPa MBq MWh dB ppm MN KN PVC KAP",
}  # fmt: skip
"""What is never told as unexplained, by why: the list that the labelled set states, and what any reader knows."""

SHOUTED = frozenset(
    """
    AKUT ALDRIG ALLA ALLT ALLTID ANNAN ANNARS ATT AV BARA BARN BEHOV BILAGA BORT BÅDA BÖR DAG DATUM DE DEL DEM DEN
    DESSA DET DETTA DU EFTER EJ ELLER EN ENBART ENDA ENDAST ENSKILD ETT FALL FEL FLERA FRÅGA FRÅN FÅ FÅR FÖR FÖRE
    FÖRST FÖRUT GE GÄLLER GÖR HA HAN HAR HEJ HEL HELA HEM HJÄLP HON HUR HÄR I IBLAND ICKE IDAG IGEN IN INGA INGEN
    INGET INNAN INOM INTE JOBB JUST KAN KLAR KOM LUGN LÄS MAN MAT MED MEN MER MIN MOT MYCKET MÅL MÅSTE NAMN NEJ NER
    NI NU NY NYA NYTT NÄR NÅGON NÅGOT OBS OBSERVERA OCH OCKSÅ OM PLAN PÅ RING RISK RUM RUTIN RÄTT SAMMA SAMT SE
    SEDAN SEN SIDA SIG SIN SIST SKA SKALL SKRIV SOM STOPP STOR SVAR TA TACK TAR TID TIDIG TILL TIPS TRE TVÅ TYP
    UNDER UNGA UPP UR UT UTAN VAD VAR VARJE VEM VI VID VIKTIG VIKTIGT VILL VILLKOR VUXNA VÅRD ÄLDRE ÄN ÄNDA ÄR ÅR
    ÖVER
    """.split()  # noqa: SIM905
)
"""Words that are written in capitals for their weight."""


def known() -> frozenset[str]:
    """Return the abbreviations of the table.

    >>> "SIP" in known(), "NSV" in known()
    (True, False)
    """
    return frozenset(each for listed in KNOWN.values() for each in listed.split())
