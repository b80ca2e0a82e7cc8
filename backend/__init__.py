"""The cases, the people and the rules: everything Bluelight knows that is not a door, a channel or a wire."""
