"""`make faults`: a real server, clients that write down what they were told, faults on purpose, and a judge offline."""
