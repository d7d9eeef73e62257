package check_test

import (
	"slices"
	"testing"

	"loket/flows/transfer/check"
)

// form is a line with a field of each type.
type form struct {
	Name  string   `json:"name"`
	AZ    string   `json:"a_z"`
	Count int      `json:"count"`
	Used  bool     `json:"used"`
	IDs   []string `json:"ids"`
	In    struct {
		Name string `json:"name"`
	} `json:"in"`
}

// TestLine holds what is said of a line to how it is written.
func TestLine(t *testing.T) {
	for text, want := range map[string]string{
		`{}`:                        "",
		`{"a_z":"x"}`:               "",
		" {\t\"name\" : \"x\" } \n": "",
		`{"name":"a\"b\\","in":{"name":"x"},"ids":["name","name"]}`: "",
		`{"name":"x"`:                    "not JSON: the line ends too early",
		``:                               "not JSON: the line ends too early",
		`{"name":"x"]`:                   "not JSON: invalid character ']' after object value (expecting ',' or '}') (byte 12 of the line)",
		`{"name":"x"}x`:                  "something follows the JSON object: one object a line",
		`{}{}`:                           "something follows the JSON object: one object a line",
		`[]`:                             "not a JSON object",
		`{"name":7}`:                     "name must be text, not such a number",
		`{"name":{}}`:                    "name must be text, not an object",
		`{"name":[]}`:                    "name must be text, not an array",
		`{"name":true}`:                  "name must be text, not true or false",
		`{"count":"x"}`:                  "count must be a whole number, not a string",
		`{"count":1.5}`:                  "count must be a whole number, not such a number",
		`{"used":"x"}`:                   "used must be true or false, not a string",
		`{"ids":"x"}`:                    "ids must be a list, not a string",
		`{"in":"x"}`:                     "in must be an object, not a string",
		`{"in":{"x":1}}`:                 `in: unknown field "x"`,
		`{"x":1}`:                        `unknown field "x"`,
		`{"Name":"x"}`:                   `unknown field "Name"`,
		`{"n\u0061me":"x"}`:              "",
		`{"name":"x","n\u0061me":"x"}`:   "name stands there twice",
		`{"in":{"ids":["x",7]}}`:         `in: unknown field "ids"`,
		`{"ids":["x",7]}`:                "ids[2] must be text, not such a number",
		`{"name":"x","name":"x"}`:        "name stands there twice",
		`{"in":{"name":"x","name":"y"}}`: "in.name stands there twice",
		`{"in":{"name":"x"},"name":"y"}`: "",
		`{"name":"\qBerg"}`:              "not JSON: invalid escape sequence in string (byte 10 of the line)",
		`{"name" :"x","name"	:"x"}`:      "name stands there twice",
	} {
		c := &check.FieldReader{}
		_, ok := check.DecodeObject[form](c, []byte(text))
		if got := said(c); got != want || ok != (want == "") {
			t.Errorf("%s: says %q, want %q", text, got, want)
		}
	}
}

// TestObject says where in the line an object is.
func TestObject(t *testing.T) {
	for text, want := range map[string]string{
		`{"name":"x"}`: "", `{"x":1}`: `details: unknown field "x"`, `[]`: "details: not a JSON object", `{"name":7}`: "details.name must be text, not such a number",
	} {
		c := &check.FieldReader{PathPrefix: "details."}
		l, ok := check.DecodeObject[form](c, []byte(text))
		if got := said(c); got != want || ok != (want == "") || ok && l.Name != "x" {
			t.Errorf("%s: read as %+v, says %q, want %q", text, l, got, want)
		}
	}
}

// TestDecoderIsUsedAgain: a line says the same of itself whatever came before it.
func TestDecoderIsUsedAgain(t *testing.T) {
	for range 3 {
		for _, text := range []string{`{"name":"x"}`, `{"name":"x"} x`, `{"name":"x"`, `{"name":"x"]`} {
			c := &check.FieldReader{}
			check.DecodeObject[form](c, []byte(text))
			first := &check.FieldReader{}
			check.DecodeObject[form](first, []byte(text))
			if !slices.Equal(c.Problems, first.Problems) {
				t.Errorf("%s: says %q and then %q", text, c.Problems, first.Problems)
			}
		}
	}
}

func TestType(t *testing.T) {
	for text, want := range map[string][2]string{
		`{"type":"customer"}`:             {"customer", ""},
		`{"id":1,"type":"x"}`:             {"x", ""},
		`{}`:                              {"", "type is missing"},
		`{"name":"\ud800Ber","type":"x"}`: {"x", ""},
		`{"type":""}`:                     {"", "type is missing"},
		`{"type":7}`:                      {"", "type must be text, not such a number"},
		`{"type":"customer"]`:             {"", "not JSON: invalid character ']' after object value (expecting ',' or '}') (byte 19 of the line)"},
		`{"type":`:                        {"", "not JSON: the line ends too early"},
		`[]`:                              {"", "not a JSON object"},
	} {
		if name, problem := check.ReadLineType([]byte(text)); [2]string{name, problem.Reason} != want {
			t.Errorf("%s: %q, %q, want %q", text, name, problem, want)
		}
	}
}
