package renderer

import (
	"sync"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// bufferPool keeps cells that were drawn into, for the next frame of any terminal.
var bufferPool sync.Pool

// getBuffer returns empty cells.
func getBuffer(size tea.WindowSizeMsg) *uv.ScreenBuffer {
	if cells, is := bufferPool.Get().(*uv.ScreenBuffer); is {
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
	bufferPool.Put(cells)
}
