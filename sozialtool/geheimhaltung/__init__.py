"""What may be shown, and the proof."""
