"""Validation against the schema that the unit gave to its reporters: it is not ours to hand on."""

from pathlib import Path

from lxml import etree

from palermo.vocabulary.errors import Refusal

_MOST_BYTES = 20_000_000
_FIRST = 5


def parser() -> etree.XMLParser:
    """A parser that resolves nothing, fetches nothing and takes no bombs."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )


def validate(report: bytes, schema: Path) -> None:
    """Hold a report to an XSD.

    Raises:
        Refusal: the schema cannot be read or wants other files, or the report does not keep it; the first faults are
            named with their line.
    """
    try:
        data = schema.read_bytes()
    except OSError as error:
        raise Refusal(f"The schema cannot be read ({error.strerror}).", where=str(schema)) from None
    if len(data) > _MOST_BYTES:
        raise Refusal("The schema is larger than 20 MB.", where=schema.name)
    try:
        tree = etree.fromstring(data, parser())
        if tree.getroottree().docinfo.doctype:
            raise Refusal("The schema declares a document type.", where=schema.name, remedy="Ask the unit for it anew.")
        for name in ("import", "include", "redefine"):
            if tree.find(f"{{http://www.w3.org/2001/XMLSchema}}{name}") is not None:
                raise Refusal(f"The schema has an xs:{name}; only one file is read.", where=schema.name)
        held = etree.XMLSchema(tree)
    except (etree.XMLSyntaxError, etree.XMLSchemaParseError) as error:
        raise Refusal(f"This is no schema: {error}.", where=schema.name, remedy="Give the unit's XSD.") from None
    if not held.validate(etree.fromstring(report, parser())):
        faults = [f"line {one.line}: {one.message}" for one in held.error_log[:_FIRST]]
        raise Refusal(
            f"The report does not keep the schema: {' '.join(faults)}",
            where=schema.name,
            remedy="Mend the profile's codes or what is missing in the investigation.",
        )
