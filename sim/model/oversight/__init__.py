"""Ways in which what a handler wrote is held against what happened: petitions, courts, samples, visits, openness."""
