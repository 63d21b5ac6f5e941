"""Zip packages with a manifest (IMS Content Packaging), the same bytes for the same files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..paper import Paper
from .markup import DECLARATION, tag

CONTENT_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
LOM = "http://www.imsglobal.org/xsd/imsmd_v1p2"
EPOCH = (1980, 1, 1, 0, 0, 0)


class Resource(NamedTuple):
    """A file of the package, with the identifiers of resources that it needs and markup that describes it."""

    identifier: str
    type: str
    href: str
    needs: tuple[str, ...] = ()
    metadata: str = ""


def archive(files: Mapping[str, str]) -> bytes:
    """The files as a zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for path, content in files.items():
            target.writestr(zipfile.ZipInfo(path, EPOCH), content.encode(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def pictures(paper: Paper, folder: str) -> dict[str, str]:
    """The paper's pictures: path → SVG."""
    numbered = enumerate(paper.questions, 1)
    return {picture_path(folder, place): question.picture.svg for place, question in numbered if question.picture}


def picture_path(folder: str, place: int) -> str:
    """The path of a picture, by the place of its question."""
    return f"{folder}pictures/q{place:04d}.svg"


def manifest(identifier: str, schema: str, version: str, resources: Iterable[Resource], **namespaces: str) -> str:
    """`imsmanifest.xml`; `namespaces` are those of metadata (`xmlns__prefix=…`)."""
    return DECLARATION + tag(
        "manifest",
        tag("metadata", tag("schema", schema), tag("schemaversion", version)),
        tag("organizations"),
        tag("resources", *map(_resource, resources)),
        identifier=identifier,
        xmlns=CONTENT_PACKAGE,
        **namespaces,
    )


def _resource(resource: Resource) -> str:
    return tag(
        "resource",
        tag("metadata", resource.metadata) if resource.metadata else "",
        tag("file", href=resource.href),
        *(tag("dependency", identifierref=identifier) for identifier in resource.needs),
        identifier=resource.identifier,
        type=resource.type,
        href=resource.href,
    )
