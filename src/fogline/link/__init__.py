"""What many reports tell together: copies, origins, events, versions, checks and grades."""
