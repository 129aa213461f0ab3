"""What would pass: the change that is found turns its rule, and one step less does not."""
