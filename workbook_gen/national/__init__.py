"""The centre's figures: national tables, checked, and the values prefilled for each system."""
