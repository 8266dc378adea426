"""Office files as packages: named parts in a zip archive, with the report's data among them."""

from counterplay.report.packages.archive import Parts, packed, unpacked
from counterplay.report.packages.data_part import Kept, kept_data, with_data
from counterplay.report.packages.properties import PROPERTIES, properties, property_places
from counterplay.report.packages.xml_parts import root_of, targets

__all__ = [
    "PROPERTIES",
    "Kept",
    "Parts",
    "kept_data",
    "packed",
    "properties",
    "property_places",
    "root_of",
    "targets",
    "unpacked",
    "with_data",
]
