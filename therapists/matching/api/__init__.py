"""The matching page for other front ends: the whole form, whom it would suggest, and sending it."""
