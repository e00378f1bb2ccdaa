"""Hand-ins and grades over the network: the service, learning-management systems."""
