"""A case from the problem felt to its end: voice, receipt, ways, work, closing, judgement."""
