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

// A File is a static file of the website. Its path contains a hash of its content, so browsers can cache it for ever.
type File struct {
	Path  string
	Kind  string // Kind is the value of the Content-Type header.
	bytes []byte
}

func newFile(name, suffix, kind string, b []byte) File {
	sum := sha256.Sum256(b)
	return File{"/" + name + "." + hex.EncodeToString(sum[:8]) + suffix, kind, b}
}

// The static files of the website.
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

// Serve writes the file as the response to a request.
func (f File) Serve(w http.ResponseWriter) {
	w.Header().Set("Content-Type", f.Kind)
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(f.bytes) // An error from the write only means that the client is gone.
}
