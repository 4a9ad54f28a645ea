"""The build backend (PEP 517): maturin's, with the command `copydesk` built before it."""

from __future__ import annotations

import maturin
import program
from maturin import (  # noqa: F401
    get_requires_for_build_editable,
    get_requires_for_build_wheel,
)


def _target(config_settings: dict | None) -> str | None:
    """What maturin is asked to build for."""
    arguments = maturin.get_maturin_pep517_args(config_settings)
    for argument, value in zip(arguments, [*arguments[1:], ""]):
        if argument == "--target":
            return value
        if argument.startswith("--target="):
            return argument.partition("=")[2]
    return None


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    # maturin wants the folder to be there.
    program.SCRIPTS.mkdir(parents=True, exist_ok=True)
    return maturin.prepare_metadata_for_build_wheel(metadata_directory, config_settings)


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    program.build(_target(config_settings))
    return maturin.build_wheel(wheel_directory, config_settings, metadata_directory)


def prepare_metadata_for_build_editable(metadata_directory, config_settings=None):
    return prepare_metadata_for_build_wheel(metadata_directory, config_settings)


def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    program.build(_target(config_settings))
    return maturin.build_editable(wheel_directory, config_settings, metadata_directory)
