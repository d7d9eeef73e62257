package intake

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// decode reads one JSON object into the line type that into points to, and says
// what is wrong with it, if anything. Package json takes a field in any case and
// more than once; here neither is possible.
func decode(text []byte, into any) (problem string) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return sentence(err)
	}
	if len(bytes.TrimSpace(text[d.InputOffset():])) > 0 {
		return "something follows the JSON object: one object a line"
	}
	return ""
}

// sentence tells an operator about an error of package json.
func sentence(err error) string {
	if syntax, is := errors.AsType[*json.SyntaxError](err); is {
		return fmt.Sprintf("not JSON: %v (byte %d of the line)", syntax, syntax.Offset)
	}
	if kind, is := errors.AsType[*json.UnmarshalTypeError](err); is {
		if kind.Field == "" {
			return "not a JSON object"
		}
		found, _, _ := strings.Cut(kind.Value, " ")
		return fmt.Sprintf("%s must be %s, not %s", kind.Field, wanted(kind.Type.Kind()), article(found))
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return "not JSON: the line ends too early"
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}

// doubtfulKey finds what package json lets pass: a key that stands twice in an
// object, or is not written as the format has it. text must be valid JSON.
func doubtfulKey(text []byte) (problem string) {
	var open [][][]byte // the keys so far of each object that is open
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '{', '[':
			open = append(open, nil)
		case '}', ']':
			open = open[:len(open)-1]
		case '"':
			end := closingQuote(text, i)
			s := text[i+1 : end]
			i = end
			if rest := bytes.TrimLeft(text[end+1:], " \t\r\n"); len(rest) == 0 || rest[0] != ':' {
				continue
			}
			if len(bytes.Trim(s, "abcdefghijklmnopqrstuvwxyz_")) > 0 {
				return fmt.Sprintf("unknown field %.60q", s)
			}
			keys := &open[len(open)-1]
			if slices.ContainsFunc(*keys, func(other []byte) bool { return bytes.Equal(other, s) }) {
				return fmt.Sprintf("%s stands there twice", s)
			}
			*keys = append(*keys, s)
		}
	}
	return ""
}

// closingQuote is where the string ends that begins at start.
func closingQuote(text []byte, start int) int {
	for i := start + 1; ; i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
}
