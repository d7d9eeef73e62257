package lines

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
)

// HashLine returns a hash of the exact text of a line.
func HashLine(text []byte) uint64 {
	sum := sha256.Sum256(text)
	return binary.BigEndian.Uint64(sum[:])
}

// GuessRecord guesses which record a line describes, without parsing the line. The guess is certain only if the hash (HashLine) of the line is
// the hash of a known line.
func GuessRecord(text []byte) (about RecordRef, is bool) {
	kind, is := guessFieldText(text, `"type"`)
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
	value, is := guessFieldText(text, id)
	about.ID = string(value)
	return about, is
}

// guessFieldText returns the string value of the first thing in text that looks like a field with the given quoted name.
func guessFieldText(text []byte, name string) (value []byte, is bool) {
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
