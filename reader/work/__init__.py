"""Reading and analysing beside the caller: processes and what they say to each other."""
