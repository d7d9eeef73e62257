package lines

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
)

// Hash tells apart what lines have on them, as it stands there.
func Hash(text []byte) uint64 {
	sum := sha256.Sum256(text)
	return binary.BigEndian.Uint64(sum[:])
}

// Glance returns what a line seems to be about, without parsing it. Whoever goes by that
// knows the line by its Hash: then it is so.
func Glance(text []byte) (about RecordRef, is bool) {
	kind, is := glanceText(text, `"type"`)
	if !is {
		return about, false
	}
	id := `"id"`
	switch about.Type = string(kind); about.Type {
	case AccountType:
		id = `"customer"`
	case CustomerType, ProductType, ApplicationType:
	default:
		return about, false
	}
	value, is := glanceText(text, id)
	about.ID = string(value)
	return about, is
}

// glanceText returns the text of the first field that seems to have a name, which is quoted.
func glanceText(text []byte, name string) (value []byte, is bool) {
	at := bytes.Index(text, []byte(name))
	if at < 0 {
		return nil, false
	}
	text = bytes.TrimLeft(text[at+len(name):], " \t")
	if !bytes.HasPrefix(text, []byte(":")) {
		return nil, false
	}
	if text = bytes.TrimLeft(text[1:], " \t"); !bytes.HasPrefix(text, []byte(`"`)) {
		return nil, false
	}
	end := bytes.IndexByte(text[1:], '"')
	if end < 0 {
		return nil, false
	}
	return text[1 : 1+end], true
}
