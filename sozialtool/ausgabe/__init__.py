"""An approved table becomes a file."""
