"""Pure parts, one promise at a time: no store, no clock, no wire."""
