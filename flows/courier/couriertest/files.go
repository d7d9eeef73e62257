package couriertest

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// WritePrintScript writes a shell script that serves as the print command, and returns the path of the script.
func WritePrintScript(tb testing.TB, does string) string {
	tb.Helper()
	if runtime.GOOS == "windows" {
		tb.Skip("there is no sh")
	}
	path := filepath.Join(tb.TempDir(), "print")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+does+"\n"), 0o700); err != nil {
		tb.Fatal(err)
	}
	return path
}

// ReadFolder returns the contents of the files in a folder, keyed by file name.
func ReadFolder(tb testing.TB, dir string) map[string][]byte {
	tb.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		tb.Fatal(err)
	}
	files := map[string][]byte{}
	for _, e := range entries {
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			tb.Fatal(err)
		}
		files[e.Name()] = text
	}
	return files
}
