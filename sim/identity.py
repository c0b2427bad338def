"""The model's identity: a stated version, raised by whoever changes what the model does.

A label, an indicator, a comment, an error sentence or a refactoring leaves it alone. The battery of `tests/golden`
holds the model to it: the whole state of its towns equals the record that was made for this version.
"""

MODEL_VERSION = "1"
