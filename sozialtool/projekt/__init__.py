"""The project file (SQLite): open, lock, save, migrate, back up."""
