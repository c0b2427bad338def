"""Hours, posts and what staff do with them: items from above, visits, patches, the office over its span."""
