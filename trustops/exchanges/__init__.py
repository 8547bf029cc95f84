"""The exchanges room: the matrix of what each exchange does, with its evidence and its age."""
