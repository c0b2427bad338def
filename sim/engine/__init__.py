"""How it runs: compiled kernels over tables, what a mechanism is, keyed draws, the double-entry ledger, the state."""
