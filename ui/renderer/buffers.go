package renderer

import (
	"sync"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// shared keeps cells that were drawn into, for the next frame of any terminal.
var shared sync.Pool

// getBuffer returns empty cells.
func getBuffer(size tea.WindowSizeMsg) *uv.ScreenBuffer {
	if cells, is := shared.Get().(*uv.ScreenBuffer); is {
		cells.Resize(size.Width, size.Height)
		cells.Clear()
		return cells
	}
	cells := uv.NewScreenBuffer(size.Width, size.Height)
	return &cells
}

// putBuffer forgets what was drawn into cells, and keeps them.
func putBuffer(cells *uv.ScreenBuffer) {
	cells.Clear()
	shared.Put(cells)
}
