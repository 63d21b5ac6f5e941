"""Why something was not timed, in words."""

from __future__ import annotations

from ..model.untimed import NotTimed, Reason

WORDS = {
    Reason.NO_TIMING: "Nothing is timed with --no-timing.",
    Reason.INTERRUPTED: "Not asked: the grading was interrupted.",
    Reason.UNTIMED_HERE: "Nothing is timed here.",
    Reason.CPU_ONLY: "Needs a GPU, which --device cpu leaves alone.",
    Reason.NO_GPU: "Needs a GPU; this machine has none.",
    Reason.NO_TORCH_GPU: "Needs a GPU that PyTorch can use; this machine has none.",
    Reason.NO_FIGURES: "this system does not tell how much memory a process uses",
    Reason.GPU_LOCKED: "other timing runs kept the GPU for {figure:g} s",
    Reason.NO_LOCK_FILE: "{detail} cannot be opened, which keeps timing runs on a GPU apart",
    Reason.GPU_FULL: "this needs {figure:g} MiB of free memory on the GPU",
    Reason.GPU_UNUSABLE: "the GPU cannot be used from within the sandbox: ",
    Reason.GPU_HELD: "what it holds of the GPU's memory before the call leaves too little",
    Reason.GOES_ON: "its work on the GPU goes on after its answers, and disturbs the others'",
    Reason.REFERENCE_LATE: "the reference gave no answer in time: this machine is busy",
    Reason.TAKEN: "your code takes what the reference needs beside it, which works alone: ",
    Reason.GPU_BUSY: "something else keeps the GPU busy",
    Reason.TOO_SOON: "the answers came sooner than this GPU can compute them ({milliseconds:.2g} ms)",
    Reason.NOT_LOADED_AGAIN: "the file did not load again",
    Reason.WRONG_ANSWER: "an answer was wrong (size {figure:g}); every timed answer is checked",
}


def not_timed(found: NotTimed) -> str:
    """One sentence; of what has a cause, its beginning: that ends it."""
    return WORDS[found.reason].format(figure=found.figure, milliseconds=1000 * found.figure, detail=found.detail)


def reason(found: Reason) -> str:
    """The same of a reason without figures."""
    return WORDS[found]
