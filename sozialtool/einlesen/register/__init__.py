"""People become counts while a file is read: no person, no address and no birth date leaves the reading process.

The door is `register.lesen.read_register`; `register.spalten` and `register.zaehlen` run in the child process.
"""
