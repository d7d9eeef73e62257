package lines

// A Terminal is a terminal at which the visitor types line by line. A Reader or Writer uses
// its input or output as a Terminal if that implements Terminal or is the file of one.
type Terminal interface {
	// SetEcho sets whether typed characters are shown.
	SetEcho(on bool)

	// DiscardInput discards what was typed and not read yet.
	DiscardInput()

	// Size returns how many cells a line has and how many lines are visible, or 0 if that is
	// unknown.
	Size() (width, height int)
}
