package check

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// strictDecodeOptions decodes only objects that have known fields, each at most once. It replaces half of a
// surrogate pair as package text does, so that the field is named in the problem.
var strictDecodeOptions = json.JoinOptions(json.RejectUnknownMembers(true), jsontext.AllowInvalidUTF8(true))

// DecodeObject decodes a JSON object.
func DecodeObject[L any](c *FieldReader, text []byte) (l L, ok bool) {
	if err := json.Unmarshal(text, &l, strictDecodeOptions); err != nil {
		c.Problems = append(c.Problems, describeJSONError(err, c.PathPrefix))
		return l, false
	}
	return l, true
}

// ReadLineType returns the type that a line has in its "type" field.
func ReadLineType(text []byte) (name string, problem Problem) {
	var l struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(text, &l); err != nil {
		return "", describeJSONError(err, "")
	}
	if l.Type == "" {
		return "", Problem{"type", "type is missing"}
	}
	return l.Type, Problem{}
}

// describeJSONError describes an error of package json. within is the path of the object that was
// decoded.
func describeJSONError(err error, within string) Problem {
	object, where := strings.TrimSuffix(within, "."), ""
	if within != "" {
		where = object + ": "
	}
	syntax, wrongSyntax := errors.AsType[*jsontext.SyntacticError](err)
	kind, wrongKind := errors.AsType[*json.SemanticError](err)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return newLineProblem("not JSON: the line ends too early")
	case errors.Is(err, jsontext.ErrDuplicateName):
		name := syntax.JSONPointer.LastToken()
		return Problem{name, fmt.Sprintf("%.60s stands there twice", name)}
	case wrongSyntax && strings.Contains(syntax.Err.Error(), "after top-level value"):
		return newLineProblem("something follows the JSON object: one object a line")
	case wrongSyntax:
		return newLineProblem(fmt.Sprintf("not JSON: %v (byte %d of the line)", syntax.Err, syntax.ByteOffset+1))
	case errors.Is(err, json.ErrUnknownName):
		return Problem{object, fmt.Sprintf("%sunknown field %.60q", where, kind.JSONPointer.LastToken())}
	case wrongKind && kind.JSONPointer != "":
		field := within + fieldPath(kind.JSONPointer)
		return Problem{field, fmt.Sprintf("%s must be %s, not %s", field, describeGoKind(kind.GoType.Kind()), jsonKindName(kind.JSONKind))}
	}
	return Problem{object, where + "not a JSON object"}
}

// fieldPath returns a path as problems name it: transactions[2].amount. The first item of a list
// has the number 1.
func fieldPath(pointer jsontext.Pointer) (path string) {
	for name := range pointer.Tokens() {
		switch i, err := strconv.Atoi(name); {
		case err == nil:
			path += fmt.Sprintf("[%d]", i+1)
		case path == "":
			path = name
		default:
			path += "." + name
		}
	}
	return path
}

// describeGoKind says what a field of a Go type is in JSON.
func describeGoKind(kind reflect.Kind) string {
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

// jsonKindName says what a value is.
func jsonKindName(kind jsontext.Kind) string {
	switch kind {
	case '"':
		return "a string"
	case '0':
		return "such a number"
	case '[', ']':
		return "an array"
	case '{', '}':
		return "an object"
	}
	return "true or false"
}
