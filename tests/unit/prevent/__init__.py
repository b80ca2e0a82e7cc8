"""Keys and shares, as they lie on an adviser's own machine and on paper."""
