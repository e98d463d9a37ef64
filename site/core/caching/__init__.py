"""What a shared cache may keep, and by which names it is told to let go of it."""
