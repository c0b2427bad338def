"""Where money comes from and what it is paid for."""
