from __future__ import annotations

import socket

import pytest

from bot.demo.launcher import Ports, check_ports, ports_from
from bot.demo.processes import port_is_free
from bot.demo.trouble import CannotStartError


def test_without_settings_the_demo_uses_the_ports_that_everybody_knows() -> None:
    assert ports_from({}) == Ports(bot=3978, playground=56150)


def test_the_environment_chooses_other_ports() -> None:
    given = {"KOMPETENCEBOT_PORT": "4001", "KOMPETENCEBOT_PLAYGROUND_PORT": " 4002 "}

    assert ports_from(given) == Ports(bot=4001, playground=4002)


@pytest.mark.parametrize("nonsense", ["abc", "0", "65536", "-1", "39.78", "٣٩٧٨"])
def test_a_port_that_is_none_is_named_with_its_setting(nonsense: str) -> None:
    with pytest.raises(CannotStartError, match=r"KOMPETENCEBOT_PLAYGROUND_PORT is .*port number"):
        ports_from({"KOMPETENCEBOT_PLAYGROUND_PORT": nonsense})


def test_both_programs_on_one_port_are_refused() -> None:
    with pytest.raises(CannotStartError, match="cannot both use port 4001"):
        ports_from({"KOMPETENCEBOT_PORT": "4001", "KOMPETENCEBOT_PLAYGROUND_PORT": "4001"})


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_a_taken_port_is_said_with_what_to_do(family: socket.AddressFamily) -> None:
    with _listening(family) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(CannotStartError, match=rf"Port {port}.*KOMPETENCEBOT_PORT={port + 1} make run"):
            check_ports(Ports(bot=port, playground=_free_port()))

    assert port_is_free(port)


def _listening(family: socket.AddressFamily) -> socket.socket:
    try:
        return socket.create_server(("::1" if family is socket.AF_INET6 else "127.0.0.1", 0), family=family)
    except OSError:
        pytest.skip("this machine has no loopback address of that family")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
