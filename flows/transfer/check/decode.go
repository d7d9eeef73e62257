package check

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// DecodeLine decodes a line, which must be a JSON object without repeated keys.
func DecodeLine[L any](c *Fields, text []byte) (l L, ok bool) {
	if l, ok = DecodeObject[L](c, text); !ok {
		return l, false
	}
	if problem := findBadKey(text); problem != (Problem{}) {
		c.Problems = append(c.Problems, problem)
		return l, false
	}
	return l, true
}

// DecodeObject decodes a JSON object.
func DecodeObject[L any](c *Fields, text []byte) (l L, ok bool) {
	if problem := decodeObject(text, &l, c.PathPrefix); problem != (Problem{}) {
		c.Problems = append(c.Problems, problem)
		return l, false
	}
	return l, true
}

// LineType returns the type that a line has in its "type" field.
func LineType(text []byte) (name string, problem Problem) {
	var l struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(text, &l); err != nil {
		return "", jsonErrorText(err, 0, "")
	}
	if l.Type == "" {
		return "", Problem{"type", "type is missing"}
	}
	return l.Type, Problem{}
}

// A decoder decodes one JSON text after another. It is reused until it returns an error, because creating one takes half as
// long as decoding a line.
type decoder struct {
	text bytes.Reader
	json *json.Decoder
}

var decoders = sync.Pool{New: func() any {
	d := &decoder{}
	d.json = json.NewDecoder(&d.text)
	d.json.DisallowUnknownFields()
	return d
}}

// decodeObject decodes one JSON object into the struct that into points to, and returns the first problem, if any. The
// parameter within is the path of the object.
func decodeObject(text []byte, into any, within string) (problem Problem) {
	text = bytes.TrimSpace(text)
	d := decoders.Get().(*decoder)
	d.text.Reset(text)
	start := d.json.InputOffset()
	if err := d.json.Decode(into); err != nil {
		return jsonErrorText(err, start, within)
	}
	if d.json.InputOffset()-start < int64(len(text)) {
		return lineProblem("something follows the JSON object: one object a line")
	}
	decoders.Put(d)
	return Problem{}
}

// jsonErrorText describes to an operator an error of package json in an object that starts at offset start.
func jsonErrorText(err error, start int64, within string) Problem {
	object, where := strings.TrimSuffix(within, "."), ""
	if within != "" {
		where = object + ": "
	}
	kind, wrongKind := errors.AsType[*json.UnmarshalTypeError](err)
	syntax, wrongSyntax := errors.AsType[*json.SyntaxError](err)
	switch {
	case wrongKind && kind.Field == "":
		return Problem{object, where + "not a JSON object"}
	case wrongKind:
		found, _, _ := strings.Cut(kind.Value, " ")
		field := within + kind.Field
		return Problem{field, fmt.Sprintf("%s must be %s, not %s", field, jsonKindName(kind.Type.Kind()), withArticle(found))}
	case errors.Is(err, io.ErrUnexpectedEOF), wrongSyntax && strings.HasPrefix(syntax.Error(), "unexpected end"):
		return lineProblem("not JSON: the line ends too early")
	case wrongSyntax:
		return lineProblem(fmt.Sprintf("not JSON: %v (byte %d of the line)", syntax, syntax.Offset-start))
	}
	return Problem{object, where + strings.TrimPrefix(err.Error(), "json: ")}
}

// findBadKey finds errors that package json accepts: a key that occurs twice in an object, or a key with capital letters. The
// text must be valid JSON.
func findBadKey(text []byte) (problem Problem) {
	keys := make([][]byte, 0, 32) // keys are the keys so far of all open objects.
	open := make([]int, 0, 8)     // open has the index in keys at which each open object begins.
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '{', '[':
			open = append(open, len(keys))
		case '}', ']':
			last := len(open) - 1
			keys, open = keys[:open[last]], open[:last]
		case '"':
			end := closingQuote(text, i)
			s := text[i+1 : end]
			i = end
			if rest := bytes.TrimLeft(text[end+1:], " \t\r\n"); len(rest) == 0 || rest[0] != ':' {
				continue
			}
			if bytes.ContainsFunc(s, isNotKeyRune) {
				return lineProblem(fmt.Sprintf("unknown field %.60q", s))
			}
			here := keys[open[len(open)-1]:]
			if slices.ContainsFunc(here, func(other []byte) bool { return bytes.Equal(other, s) }) {
				return Problem{string(s), fmt.Sprintf("%s stands there twice", s)}
			}
			keys = append(keys, s)
		}
	}
	return Problem{}
}

func isNotKeyRune(r rune) bool { return (r < 'a' || r > 'z') && r != '_' }

// closingQuote returns the index of the quote that closes the string starting at start.
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

// jsonKindName returns the JSON name for a kind of Go type.
func jsonKindName(kind reflect.Kind) string {
	switch kind {
	case reflect.String:
		return "text"
	case reflect.Bool:
		return "true or false"
	case reflect.Slice:
		return "a list"
	case reflect.Struct:
		return "an object"
	}
	return "a whole number"
}

// withArticle puts an article before the name that package json uses for a kind of value.
func withArticle(kind string) string {
	switch kind {
	case "array", "object":
		return "an " + kind
	case "bool":
		return "true or false"
	case "number":
		return "such a number"
	}
	return "a " + kind
}
