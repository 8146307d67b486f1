// The script of the desk.
