"""Anonymous Prevent concerns: sealed words, the advisers they are sealed to, and the desk's slow work on them."""
