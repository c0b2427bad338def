"""The model by subject; `plan` is the week in order, `simulation` the Mesa model."""
