"""A QTI 2.1 package played by pyslet, a reader and response processor of other people's. Runs in a process of its own.

Standard input: {"package": path, "sessions": [[item, {variable: value}], …]}. Output: what each session gives, and what
the manifest and the test hold.
"""

import io
import json
import sys
import warnings
import zipfile
from urllib.parse import unquote

warnings.simplefilter("ignore")  # the reader is older than this Python

import pyslet.imscpv1p2 as packaging  # noqa: E402
import pyslet.qtiv2.xml as qti  # noqa: E402
from pyslet.qtiv2.variables import ItemSessionState, Value  # noqa: E402


def document(package, name):
    found = qti.QTIDocument()
    found.read(src=io.BytesIO(package.read(name)))
    return found.root


def play(item, response):
    """One attempt; the score, the feedback that is shown, and its text."""
    session = ItemSessionState(item)
    session.begin_session()
    for declared in item.ResponseDeclaration:
        session.map[declared.identifier] = Value.new_value(declared.cardinality, declared.baseType)
        if declared.identifier in response:
            session.map[declared.identifier].set_value(response[declared.identifier])
    session.end_attempt()
    return {"score": session["SCORE"].value, "feedback": sorted(session["FEEDBACK"].value or ())}


def manifest(package):
    found = packaging.ManifestDocument()
    found.read(src=io.BytesIO(package.read("imsmanifest.xml")))
    return [
        [r.id, r.type, unquote(str(r.href)), [unquote(str(f.href)) for f in r.File]]
        for r in found.root.Resources.Resource
    ]


def main():
    order = json.load(sys.stdin)
    with zipfile.ZipFile(order["package"]) as package:
        items = {}
        sessions = []
        for name, response in order["sessions"]:
            items[name] = items.get(name) or document(package, name)
            sessions.append(play(items[name], response))
        test = document(package, "test.xml")
        references = [[ref.identifier, str(ref.href)] for ref in test.TestPart[0].AssessmentSection[0].SectionPart]
        json.dump({"sessions": sessions, "manifest": manifest(package), "items": references}, sys.stdout)


if __name__ == "__main__":
    main()
