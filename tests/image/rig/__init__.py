"""What the tests of the image are done with: a container for its tree, a machine for its disk."""
