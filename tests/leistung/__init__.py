"""Speed as ratios against a floor in the same run; nothing here fails on a stopwatch."""
