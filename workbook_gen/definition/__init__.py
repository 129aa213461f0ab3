"""What a return is: the definition as text, loaded, bound and laid out."""
