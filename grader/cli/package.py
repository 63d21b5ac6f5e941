"""`grade package`: files to upload to a platform that grades by itself."""

from __future__ import annotations

import click

from ..startup import loaded
from . import options


@click.command("package")
@click.argument("platform", type=click.Choice(["gradescope", "github"]))
@click.argument("slugs", nargs=-1, required=True, metavar="SLUG…")
@options.output("[default: autograder.zip, or .github/workflows/classroom.yml]", metavar="FILE")
@click.option("--install", "spec", metavar="SPEC", help="github: what pip installs there, as git+https://….")
@options.isolation("gradescope: grade nothing behind less than this layer.", default="confined", show_default=True)
def command(platform: str, slugs: tuple[str, ...], output: str | None, spec: str | None, require: str) -> int:
    """Make what a platform needs to run this grader by itself.

    \b
    grade package gradescope conv pooling -o week1.zip
    grade package github conv --install git+https://github.com/ORG/cnn-grader@v1

    gradescope: a zip for "Configure Autograder". github: a workflow file for the students' repositories.
    """
    from .work.package import write_gradescope, write_workflow

    loaded()
    if platform == "github":
        return write_workflow(slugs, output, spec)
    return write_gradescope(slugs, output, require)
