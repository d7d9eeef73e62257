package page

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"net/http"
)

var (
	//go:embed page.css
	styleSource []byte
	//go:embed page.js
	scriptSource []byte
	//go:embed mark.svg
	logo []byte
)

// A File is a static file of the page. Its path changes with its content.
type File struct {
	Path  string
	Kind  string // the Content-Type
	bytes []byte
}

func newFile(name, suffix, kind string, b []byte) File {
	sum := sha256.Sum256(b)
	return File{"/" + name + "." + hex.EncodeToString(sum[:8]) + suffix, kind, b}
}

// The static files.
var (
	StyleFile  = newFile("page", ".css", "text/css; charset=utf-8", styleSource)
	ScriptFile = newFile("page", ".js", "text/javascript; charset=utf-8", scriptSource)
	LogoFile   = newFile("mark", ".svg", "image/svg+xml", logo)
)

// FileAt returns the static file at a path, and reports whether there is one.
func FileAt(path string) (File, bool) {
	for _, f := range []File{StyleFile, ScriptFile, LogoFile} {
		if f.Path == path {
			return f, true
		}
	}
	return File{}, false
}

// Serve writes the file as the response.
func (f File) Serve(w http.ResponseWriter) {
	w.Header().Set("Content-Type", f.Kind)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(f.bytes) // the client may be gone
}
