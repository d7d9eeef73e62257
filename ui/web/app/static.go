package app

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"net/http"
)

var (
	//go:embed page.css
	style []byte
	//go:embed page.js
	script []byte
	//go:embed mark.svg
	mark []byte
)

// A file is one that comes with the page. Its path changes with what is in it.
type file struct {
	path  string
	kind  string
	bytes []byte
}

func newFile(name, suffix, kind string, b []byte) file {
	sum := sha256.Sum256(b)
	return file{"/" + name + "." + hex.EncodeToString(sum[:8]) + suffix, kind, b}
}

var (
	styleFile  = newFile("page", ".css", "text/css; charset=utf-8", style)
	scriptFile = newFile("page", ".js", "text/javascript; charset=utf-8", script)
	markFile   = newFile("mark", ".svg", "image/svg+xml", mark)
)

// fileAt finds a file by its path.
func fileAt(path string) (file, bool) {
	for _, f := range []file{styleFile, scriptFile, markFile} {
		if f.path == path {
			return f, true
		}
	}
	return file{}, false
}

func (f file) serve(w http.ResponseWriter) {
	w.Header().Set("Content-Type", f.kind)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(f.bytes) // whoever asked may be gone
}
