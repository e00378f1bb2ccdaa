"""A learner's way to hand in: a survey, an archive; a service over the network, its receipts."""
