"""What shows that the promises are kept: units, journeys, walls, contract, pages, faults and benchmarks."""
