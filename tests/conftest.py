"""What tests of several folders share."""

import signal
import sys

import pytest

from counterplay import cli

# Started in the background of a script, a run ignores Ctrl-C, and so would each process it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def run(monkeypatch, capsys):
    """Return a function that runs the command line here: exit code, standard output and error."""

    def called(*arguments):
        monkeypatch.setattr(sys, "argv", ["counterplay", *map(str, arguments)])
        with pytest.raises(SystemExit) as done:
            cli.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        if done.value.code == 2:
            assert out == ""
            assert err
        return done.value.code or 0, out, err

    return called
