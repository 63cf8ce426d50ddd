"""A list of applications as a CSV file with chosen columns, read as it is sent."""
