"""What an adviser and the holders of the recovery key do at machines of their own, away from the server."""
