"""The rules of the house, proved from the source text; each is also shown a tree that breaks it."""
