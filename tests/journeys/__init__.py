"""Stories in the field's words, on both stores, with a clock that is turned by hand."""
