"""What every slice stands on, one promise at a time."""
