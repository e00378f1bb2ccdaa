"""What comes back: a feedback page per student and chapter, and the class at a glance."""
