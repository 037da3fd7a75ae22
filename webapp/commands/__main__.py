"""`python -m webapp.commands` is `langnghe`."""

from webapp.commands import main

if __name__ == "__main__":
    main()
