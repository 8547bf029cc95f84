"""TrustOps Desk: the support desk, public status and alarm bell of a token migration."""
