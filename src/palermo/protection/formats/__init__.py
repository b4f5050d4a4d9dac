"""Files of protection: answers in, results out."""
