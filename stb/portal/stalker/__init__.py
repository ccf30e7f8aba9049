"""The server side of Stalker: the genuine portal (the protocol's A), and panels' imitation of it (B)."""
