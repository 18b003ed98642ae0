"""Language models of this desktop: settings, keys in the system's key store, and the ledger of their money."""
