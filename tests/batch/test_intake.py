"""Downloads of all layouts: whose each file is, and everything odd reported by name."""

from __future__ import annotations

import os
import zipfile

import pytest

from grader.batch import intake as intake_module
from grader.batch import sources
from grader.batch.intake import read
from grader.batch.problems import Kind
from grader.batch.sources import IntakeError
from grader.submission.kinds import MAX_DATA
from tests.batch.makers import RIGHT, folder, found, taken_in, zipped

METADATA = """
submission_11:
  :submitters:
  - :name: Ana Ek
    :sid: "4711"
    :email: ana@uni.example
  :created_at: 2027-03-01 10:00:00.000000000 Z
submission_12:
  :submitters:
  - :name: Bo Li
    :email: bo@uni.example
  - :name: Cy Yu
    :email: cy@uni.example
  :created_at: !ruby/object:ActiveSupport::TimeWithZone "2027-03-02 11:00:00 UTC"
"""


def layout(tmp_path, files):
    """The same download as folder and as zip: both have to come to the same."""
    intake, people = taken_in(folder(tmp_path / "export", files))
    archive = tmp_path / "export.zip"
    archive.write_bytes(zipped(files))
    as_zip, same = taken_in(archive)
    shown = {who: [(f.name, f.data) for f in h.files] for who, h in people.items()}
    assert shown == {who: [(f.name, f.data) for f in h.files] for who, h in same.items()}
    assert as_zip.platform == intake.platform
    return intake, people


def test_moodle_with_and_without_folders(tmp_path):
    intake, people = layout(
        tmp_path,
        {
            "Ana Ek_101_assignsubmission_file_/my_conv.py": RIGHT,
            "Bo Li_102_assignsubmission_file_my_conv.py": RIGHT,
            "Müller, Zoë_103_assignsubmission_file_/conv/my_conv.py": RIGHT,
        },
    )
    assert intake.platform == "Moodle"
    assert set(people) == {"Ana Ek", "Bo Li", "Müller, Zoë"}
    assert [f.name for f in people["Bo Li"].files] == ["my_conv.py"]


def test_moodle_namesakes_stay_apart(tmp_path):
    names = [f"Ana Ek_{n}_assignsubmission_file_/my_conv.py" for n in (101, 102)]
    _, people = layout(tmp_path, dict.fromkeys(names, RIGHT))
    assert set(people) == {"Ana Ek_101", "Ana Ek_102"}


def test_canvas(tmp_path):
    intake, people = layout(
        tmp_path,
        {
            "ekana_501_9001_my_conv.py": RIGHT,
            "libo_LATE_502_9002_my_conv-1.py": RIGHT,
            "libo_502_9000_my_conv.py": RIGHT,
        },
    )
    assert intake.platform == "Canvas"
    assert set(people) == {"ekana_501", "libo_502"}
    assert people["ekana_501"].people[0].ids == {"canvas": "501"}
    assert found(intake, Kind.LATE) == ["libo_LATE_502_9002_my_conv-1.py"]
    newest = max(people["libo_502"].files, key=lambda f: f.age)
    assert newest.where == "libo_LATE_502_9002_my_conv-1.py"


def test_a_download_s_own_names_are_remembered_as_they_are(tmp_path):
    moodle, _ = taken_in(
        folder(
            tmp_path / "moodle",
            {
                "अनु\u200dशा  Rao_101_assignsubmission_file_/my_conv.py": RIGHT,
                "अनु\u200dशा  Rao_101_assignsubmission_file_/helper.py": RIGHT,
                "Bo Li_102_assignsubmission_file_my_conv.py": RIGHT,
            },
        )
    )
    assert {(n.name, n.participant) for n in moodle.names} == {
        ("अनु\u200dशा  Rao_101_assignsubmission_file_/", "101"),
        ("Bo Li_102_assignsubmission_file_my_conv.py", "102"),
    }
    canvas, _ = taken_in(
        folder(tmp_path / "canvas", {"libo_502_9001_my_conv-1.py": RIGHT, "libo_502_9000_my_conv.py": RIGHT})
    )
    assert [(n.student, n.name) for n in canvas.names] == [
        ("libo_502", "libo_502_9000_my_conv.py"),
        ("libo_502", "libo_502_9001_my_conv-1.py"),
    ]


def test_gradescope_with_a_group(tmp_path):
    files = {f"submission_{n}/my_conv.py": RIGHT for n in (11, 12)}
    intake, people = layout(tmp_path, {"submission_metadata.yml": METADATA, **files})
    assert intake.platform == "Gradescope"
    assert set(people) == {"4711", "bo@uni.example, cy@uni.example"}
    assert people["4711"].people[0].name == "Ana Ek"
    assert [f.submitted.at.isoformat() for f in people["4711"].files] == ["2027-03-01T10:00:00+00:00"]
    assert people["bo@uni.example, cy@uni.example"].files[0].submitted.source == "Gradescope"


def test_metadata_that_cannot_be_read(tmp_path):
    files = {"submission_metadata.yml": "a: [", "submission_1/my_conv.py": RIGHT}
    with pytest.raises(IntakeError, match="metadata"):
        read(folder(tmp_path / "export", files))


def test_metadata_runs_nothing(tmp_path):
    hostile = "submission_1: !!python/object/apply:os.system ['touch /tmp/was_here']\n"
    files = {"submission_metadata.yml": hostile, "submission_1/my_conv.py": RIGHT}
    with pytest.raises(IntakeError):
        read(folder(tmp_path / "export", files))


def test_plain_files_and_folders(tmp_path):
    files = {
        "ana.py": RIGHT,
        "bo_conv.py": RIGHT,
        "cy/my_conv.py": RIGHT,
        "cy/sub/helper.py": b"",
        "dee-my_conv.zip": zipped({"my_conv.py": RIGHT}),
        "eve.ipynb": b"{}",
    }
    intake, people = layout(tmp_path, files)
    assert intake.platform == "files"
    assert set(people) == {"ana", "bo", "cy", "dee", "eve"}
    assert [f.name for f in people["cy"].files] == ["my_conv.py", "sub/helper.py"]


def test_a_folder_around_it_all_is_nobody(tmp_path):
    _, people = layout(tmp_path, {"week 1/ana.py": RIGHT, "week 1/bo.py": RIGHT})
    assert set(people) == {"ana", "bo"}


def test_what_is_no_submission_is_named(tmp_path):
    files = {
        "ana.py": RIGHT,
        "__MACOSX/._ana.py": b"",
        ".DS_Store": b"",
        "essay.md": b"",
        "class.rar": b"",
        "bo/notes.txt": b"",
        "bo/my_conv.zip": zipped({"more.zip": zipped({"my_conv.py": RIGHT}), "picture.png": b""}),
        "cy/my_conv.zip": b"no zip at all",
    }
    intake, people = layout(tmp_path, files)
    assert found(intake, Kind.NESTED) == ["bo/my_conv.zip/more.zip"]
    assert found(intake, Kind.UNREADABLE) == ["class.rar", "cy/my_conv.zip"]
    assert found(intake, Kind.NOTHING) == []  # each of them is named once
    assert {"essay.md", "bo/notes.txt", "bo/my_conv.zip/picture.png"} <= set(found(intake, Kind.IGNORED))
    assert ".DS_Store" in found(intake, Kind.JUNK)
    assert people["ana"].files


def test_links_lead_nowhere(tmp_path):
    (tmp_path / "secret.py").write_text("secret = 1")
    (tmp_path / "more").mkdir()
    path = folder(tmp_path / "export", {"ana.py": RIGHT})
    (path / "link.py").symlink_to(tmp_path / "secret.py")
    (path / "folder").symlink_to(tmp_path / "more")
    os.mkfifo(path / "pipe.py")
    intake, people = taken_in(path)
    assert set(people) == {"ana"}
    assert found(intake, Kind.LINK) == ["folder", "link.py"]
    assert found(intake, Kind.UNREADABLE) == ["pipe.py"]


def test_links_and_ways_out_in_a_zip(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("ana/my_conv.py")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        for name in ("../bo.py", "/cy.py", "dee.py"):
            archive.writestr(name, RIGHT)
    intake, people = taken_in(path)
    assert set(people) == {"dee"}
    assert found(intake, Kind.LINK) == ["ana/my_conv.py"]
    assert found(intake, Kind.UNREADABLE) == ["../bo.py", "/cy.py"]


def test_bombs_are_not_unpacked(tmp_path):
    zeros = b"#" * (sources.MAX_FILE + 1)
    many = {f"f{i}.py": b"" for i in range(intake_module.MAX_FILES + 2)}
    files = {"ana.py": RIGHT, "bo.zip": zipped({"my_conv.py": zeros}), "cy.py": zeros, "dee.zip": zipped(many)}
    intake, people = taken_in(folder(tmp_path / "export", files))
    assert found(intake, Kind.TOO_LARGE) == ["bo.zip/my_conv.py", "cy.py", "dee.zip"]
    assert [who for who, h in people.items() if h.files] == ["ana"]


def test_an_archive_that_lies_about_its_size(tmp_path):
    data = bytearray(zipped({"my_conv.py": b"#" * (sources.MAX_FILE + 1)}))
    size = (sources.MAX_FILE + 1).to_bytes(4, "little")
    data = data.replace(size, (10).to_bytes(4, "little"))
    intake, people = taken_in(folder(tmp_path / "export", {"ana.py": RIGHT, "bo.zip": bytes(data)}))
    assert not people["bo"].files
    assert found(intake, Kind.UNREADABLE) + found(intake, Kind.TOO_LARGE) == ["bo.zip/my_conv.py"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_rights(tmp_path):
    path = folder(tmp_path / "export", {"ana.py": RIGHT, "bo.py": RIGHT})
    (path / "bo.py").chmod(0)
    intake, _ = taken_in(path)
    assert found(intake, Kind.UNREADABLE) == ["bo.py"]


def test_names_of_any_bytes(tmp_path):
    path = folder(tmp_path / "export", {"ana.py": RIGHT})
    (path / "b\x1b[2Jo.py").write_bytes(RIGHT)
    with open(os.fsencode(path) + b"/\xff\xfe.py", "wb") as file:
        file.write(RIGHT)
    _, people = taken_in(path)
    assert len(people) == 3
    assert all(key.isprintable() and key.encode() for key in people)


@pytest.mark.parametrize("name", ["missing", "missing.zip", "text.txt"])
def test_nothing_there(tmp_path, name):
    (tmp_path / "text.txt").write_text("")
    with pytest.raises(IntakeError, match=name):
        read(tmp_path / name)


READS = RIGHT + b'\nimport numpy as np\nIMAGE = np.load("data.npy")\n'


def test_data_is_taken_along_where_a_source_speaks_of_it(tmp_path):
    data = {"data.npy": b"numbers", "photo.jpg": b"a face"}
    packed = {"bo/hand_in.zip": zipped({"my_conv.py": READS, **data})}
    intake, people = layout(tmp_path, {"ana/my_conv.py": READS, **{f"ana/{n}": d for n, d in data.items()}, **packed})
    assert [people[who].data for who in ("ana", "bo")] == [{"data.npy": b"numbers"}] * 2
    assert found(intake, Kind.IGNORED) == ["ana/photo.jpg", "bo/hand_in.zip/photo.jpg"]


def test_too_much_data_is_named_and_left(tmp_path):
    intake, people = layout(tmp_path, {"ana/my_conv.py": READS, "ana/data.npy": bytes(MAX_DATA + 1)})
    assert people["ana"].data == {}
    assert found(intake, Kind.TOO_LARGE) == ["ana/data.npy"]


def test_a_folder_without_a_file_is_somebodys(tmp_path):
    path = folder(tmp_path / "export", {"week/ana/conv.py": RIGHT, "week/ana/sub/x.py": b"", "week/bo/.DS_Store": b""})
    for name in ("week/cy/deep", "week/ana/empty"):
        (path / name).mkdir(parents=True)
    intake, _ = taken_in(path)
    assert found(intake, Kind.NOTHING) == ["week/bo", "week/cy"]


def test_nothing_in_it(tmp_path):
    with pytest.raises(IntakeError, match="no submission"):
        read(folder(tmp_path / "export", {"notes.txt": b""}))


def test_a_download_that_is_no_zip(tmp_path):
    path = tmp_path / "export.zip"
    path.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(IntakeError, match="cannot be unpacked"):
        read(path)
