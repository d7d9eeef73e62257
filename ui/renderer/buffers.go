package renderer

import (
	"sync"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"
)

// bufferPool keeps buffers of cells for later frames. All terminals share it.
var bufferPool sync.Pool

// getBuffer returns an empty buffer with the given size.
func getBuffer(size tea.WindowSizeMsg) *uv.ScreenBuffer {
	if cells, is := bufferPool.Get().(*uv.ScreenBuffer); is {
		cells.Resize(size.Width, size.Height)
		cells.Clear()
		return cells
	}
	cells := uv.NewScreenBuffer(size.Width, size.Height)
	return &cells
}

// putBuffer clears a buffer and returns it to the pool.
func putBuffer(cells *uv.ScreenBuffer) {
	cells.Clear()
	bufferPool.Put(cells)
}
