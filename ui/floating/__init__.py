"""What floats over the viewport: proposal bar, run progress, welcome and notices."""
