"""What this project claims, proven at full size, by hand: `make proof`. One hundredth of each is in `make test`."""
