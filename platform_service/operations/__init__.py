"""What those who run a platform need: probes, figures, traces, backups, receipts of erasure."""
