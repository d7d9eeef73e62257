package lines

// A Terminal is where somebody types, a line at a time, and reads what is written.
// Run takes its input for one if that is one, or a file that is a terminal.
type Terminal interface {
	// Echo sets whether what is typed is shown.
	Echo(on bool)

	// Forget forgets what was typed and not read yet.
	Forget()

	// Size returns how many cells a line has, and how many lines can be seen at once: 0 if
	// nobody knows.
	Size() (width, height int)
}
