"""The comments that stand in a Word document already."""

from termbank.documents.document import Remark
from termbank.documents.docx_names import KINDS, tags, value
from termbank.documents.docx_parts import main_part, related
from termbank.documents.package import Package
from termbank.documents.package_pieces import Extraction


def read_comments(package: Package, found: Extraction) -> tuple[Remark, ...]:
    """Return the comments of a Word document, in the order of what they are about.

    Arguments:
        package: the document.
        found: its text.

    Raises:
        FormatError: the part that holds the comments is damaged.
    """
    part = related(package, main_part(package), "comments")
    remarks = []
    for each in package.xml(part) if part else ():
        place = found.remarked.get(value(each, "id") or "")
        if place is not None and KINDS.get(each.tag) == "comment":
            lines = ("".join(text.text or "" for text in line.iter(*tags("t"))) for line in each.iter(*tags("p")))
            remarks.append(Remark(*place, "\n".join(lines)))
    return tuple(sorted(remarks))
