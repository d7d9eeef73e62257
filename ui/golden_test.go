package ui

import (
	"path/filepath"
	"testing"

	"loket/flows/golden"
)

// pictured compares a drawing with its golden file in testdata.
func pictured(t *testing.T, name, got string) {
	t.Helper()
	golden.CompareWithFile(t, filepath.Join("testdata", name+".golden"), got)
}
