package lines

// A Terminal is a terminal on which the visitor types lines. A Reader or Writer uses its input or output as a Terminal if that
// implements Terminal, or if it is the file of a terminal.
type Terminal interface {
	// SetEcho sets whether the terminal shows typed characters.
	SetEcho(on bool)

	// DiscardInput discards typed characters that were not read yet.
	DiscardInput()

	// Size returns the number of cells of a line and the number of visible lines, or 0 if they are unknown.
	Size() (width, height int)

	// SendsSequences reports whether lines can have sequences of keys that type no character, such as the arrows.
	SendsSequences() bool
}
