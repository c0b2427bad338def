"""The command line: words in, one function called, an exit status out."""
