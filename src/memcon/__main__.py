"""``python -m memcon``: the same as the ``memcon`` command."""

from memcon.cli import main

if __name__ == "__main__":
    main()
