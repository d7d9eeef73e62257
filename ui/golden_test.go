package ui

import (
	"path/filepath"
	"testing"

	"loket/flows/golden"
)

// pictured holds what is drawn to the picture of it in testdata.
func pictured(t *testing.T, name, got string) {
	t.Helper()
	golden.Compare(t, filepath.Join("testdata", name+".golden"), got)
}
