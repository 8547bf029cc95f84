"""The room of requests to others: deadlines, lengths, waits."""
