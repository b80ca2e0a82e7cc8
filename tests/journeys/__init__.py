"""What people live through, from outside, with a clock that is turned by hand."""
