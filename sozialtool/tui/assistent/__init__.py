"""The import assistant: one screen per step, one draft, one worker that walks through the steps."""
