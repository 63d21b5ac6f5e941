"""The lock of a GPU, with the processor as the device: one run at a time."""

from __future__ import annotations

import subprocess
import sys

import pytest

from grader.model import Failure, Verdict
from grader.model.untimed import Reason, not_timed
from grader.timing import device
from grader.timing.device import Device
from grader.timing.lanes import Lane
from tests.timing.gpu_checks import IM2COL, LINUX, STAND_IN, run

pytestmark = LINUX


def test_no_second_run_while_one_is_on(stand_in):
    with STAND_IN.locked():
        with pytest.raises(Failure) as caught, STAND_IN.locked(0.2):
            pass
        assert caught.value.finding == not_timed(Reason.GPU_LOCKED, 0.2)
    with STAND_IN.locked(0):
        pass


@pytest.mark.slow
def test_a_run_holds_the_lock_all_the_time(timing, calls, monkeypatch):
    free = []
    original = Lane.__enter__

    def enter(lane: Lane) -> Lane:
        try:
            with STAND_IN.locked(0):
                free.append(True)
        except Failure:
            free.append(False)
        return original(lane)

    monkeypatch.setattr(Lane, "__enter__", enter)
    assert run(timing(IM2COL)).verdict is Verdict.ACCEPTED
    assert free
    assert not any(free)


def test_the_lock_of_a_killed_process_is_free(stand_in):
    code = (
        "import sys, time; from pathlib import Path; from grader.timing.device import Device, CUDA\n"
        "Device.lock_file = Path(sys.argv[1])\n"
        "with CUDA.locked(5):\n    print('held', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(STAND_IN.lock_file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        with pytest.raises(Failure), STAND_IN.locked(0):
            pass
        process.kill()
    with STAND_IN.locked(5):
        pass


def test_a_lock_that_cannot_be_made_is_no_verdict(monkeypatch, tmp_path):
    monkeypatch.setattr(Device, "lock_file", tmp_path / "missing" / "gpu.lock")
    with pytest.raises(Failure) as caught, STAND_IN.locked(0):
        pass
    assert caught.value.verdict is Verdict.NOT_RUN


def test_each_choice_of_devices_has_its_lock(monkeypatch):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "../../1")
    assert device.CUDA.lock_file.name == "cnn-grader-cuda-1.lock"
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES")
    assert device.CUDA.lock_file.name == "cnn-grader-cuda-all.lock"
