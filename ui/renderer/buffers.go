package renderer

import (
	"sync"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// bufferPool keeps buffers of cells for the next frame of any terminal.
var bufferPool sync.Pool

// getBuffer returns an empty buffer of a size.
func getBuffer(size tea.WindowSizeMsg) *uv.ScreenBuffer {
	if cells, is := bufferPool.Get().(*uv.ScreenBuffer); is {
		cells.Resize(size.Width, size.Height)
		cells.Clear()
		return cells
	}
	cells := uv.NewScreenBuffer(size.Width, size.Height)
	return &cells
}

// putBuffer clears a buffer and keeps it for the next frame.
func putBuffer(cells *uv.ScreenBuffer) {
	cells.Clear()
	bufferPool.Put(cells)
}
