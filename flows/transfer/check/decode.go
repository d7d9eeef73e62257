package check

import (
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// replaceSurrogates replaces half of a surrogate pair as package text does, so that the field is named in the problem.
var replaceSurrogates = jsontext.AllowInvalidUTF8(true)

// strictDecodeOptions decodes only objects that have known fields, each at most once.
var strictDecodeOptions = json.JoinOptions(json.RejectUnknownMembers(true), replaceSurrogates)

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
	if err := json.Unmarshal(text, &l, replaceSurrogates); err != nil {
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
		field := within + fieldPath(syntax.JSONPointer)
		return Problem{field, field + " stands there twice"}
	case wrongSyntax && strings.Contains(syntax.Err.Error(), "after top-level value"):
		return newLineProblem("something follows the JSON object: one object a line")
	case wrongSyntax:
		reason := quotedInput.ReplaceAllString(syntax.Err.Error(), "")
		return newLineProblem(fmt.Sprintf("not JSON: %s (byte %d of the line)", reason, syntax.ByteOffset+1))
	case errors.Is(err, json.ErrUnknownName):
		if parent := fieldPath(kind.JSONPointer.Parent()); parent != "" {
			where = within + parent + ": "
		}
		return Problem{within + fieldPath(kind.JSONPointer), fmt.Sprintf("%sunknown field %.60q", where, kind.JSONPointer.LastToken())}
	case wrongKind && kind.JSONPointer != "":
		field := within + fieldPath(kind.JSONPointer)
		return Problem{field, fmt.Sprintf("%s must be %s, not %s", field, describeGoKind(kind.GoType.Kind()), jsonKindName(kind.JSONKind))}
	}
	return Problem{object, where + "not a JSON object"}
}

// quotedInput matches the part of the message of a syntactic error that quotes several characters of the line, which may be
// personal data.
var quotedInput = regexp.MustCompile("[`\"].*[`\"] ")

// fieldPath returns a path as problems name it: transactions[2].amount. The first item of a list
// has the number 1. Names are cut off after 60 characters.
func fieldPath(pointer jsontext.Pointer) (path string) {
	for name := range pointer.Tokens() {
		switch i, err := strconv.Atoi(name); {
		case err == nil:
			path += fmt.Sprintf("[%d]", i+1)
		case path == "":
			path = fmt.Sprintf("%.60s", name)
		default:
			path += fmt.Sprintf(".%.60s", name)
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
