"""How fast the hot paths are, each against a baseline measured in the same run."""
