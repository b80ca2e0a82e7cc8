"""From what happened to who is told: recipes, streams, deliveries and the channels that carry them."""
