"""The ways out of the building, each with the same promise: a batch goes in, an outcome for each comes back."""
