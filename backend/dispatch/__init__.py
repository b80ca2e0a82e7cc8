"""Who is asked, who comes, and what happens when nobody answers."""
