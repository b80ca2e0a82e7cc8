"""The same journeys on both forms, from outside: requests and live connections of real servers, and nothing else."""
