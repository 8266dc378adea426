"""`python -m counterplay` is the command line."""

from counterplay.cli import main

if __name__ == "__main__":
    main()
