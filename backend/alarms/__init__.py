"""What stands before the control room until a person takes it."""
