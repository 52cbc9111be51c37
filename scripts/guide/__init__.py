"""What the guide knows (data/, docs/), read once into types, and the rules that hold for it. Prints nothing, needs no MkDocs."""
