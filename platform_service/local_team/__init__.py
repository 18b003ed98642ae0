"""A team's whole set-up on one machine: stores, replicas and a proxy, each a process of its own that is supervised."""
