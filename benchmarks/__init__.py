"""What the README claims, re-runnable: `make bench` writes var/bench.json and prints it."""
