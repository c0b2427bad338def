"""The words of the model: codes, columns, numbers with their sources, and what people read in each language."""
