"""The parts of the `files` source."""
