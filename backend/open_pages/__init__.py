"""What everybody may read of broadcasts: the threads in force, as the public page and the recorded line tell them."""
