"""What is on offer: offers, dated runs and specialists, and how a Danish sentence is matched to them."""
