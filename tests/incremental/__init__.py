"""A build that goes on from the published one against a build of the same landing folder anew."""
