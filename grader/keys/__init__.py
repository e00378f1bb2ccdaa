"""Answer keys: compiling them from the hidden package, and verifying what they catch."""
