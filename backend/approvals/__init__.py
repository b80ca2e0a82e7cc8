"""What one person asks for and a second one confirms before it may be done."""
