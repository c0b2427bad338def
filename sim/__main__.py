"""`python -m sim` is the same program as `gongzhi`."""

import signal
import sys

STOPPED = 130


def main() -> int:
    """Run the program; a Ctrl-C before it can say what was stopped ends it without a traceback."""
    interrupted = False

    def stop(number: int, frame: object) -> None:
        nonlocal interrupted
        interrupted = True
        raise KeyboardInterrupt

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # a shell may have it ignored
        signal.signal(signal.SIGINT, stop)
    try:
        from sim.cli.main import main as program

        return program()
    except (KeyboardInterrupt, ImportError):  # compiled modules turn an interrupt into an ImportError
        if not interrupted:
            raise
        print("stopped", file=sys.stderr)
        return STOPPED


if __name__ == "__main__":
    sys.exit(main())
