"""The hidden half of chapter 02: a baseline that looks at pixels."""
