package lines

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"loket/flows/transfer/check"
)

// compileSchema returns the schema as another program reads it.
func compileSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(LineSchema))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("line.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("line.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// valid reports whether a line is valid by a schema.
func valid(t rapid.TB, schema *jsonschema.Schema, line any) bool {
	t.Helper()
	text, err := json.Marshal(line)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(value) == nil
}

// parseChanged returns what is wrong with a line that has another value at a path.
func parseChanged(t rapid.TB, line object, path []any, value any) []check.Problem {
	t.Helper()
	text, err := json.Marshal(changed(line, path, value))
	if err != nil {
		t.Fatal(err)
	}
	return ParseLine(Line{Number: 1, Text: text}, dayOfExamples).Problems
}

// TestSchemaTakesWhatTheParserTakes: what the schema refuses, the parser refuses.
func TestSchemaTakesWhatTheParserTakes(t *testing.T) {
	schema := compileSchema(t)
	var all []object
	for _, name := range types {
		all = append(all, linesOf(t, name)...)
	}
	text := rapid.OneOf(
		rapid.String(), rapid.StringMatching(`\p{Zs}?[A-Za-z]{0,120}\p{Zs}?`), rapid.StringMatching(` ?-?[0-9]{1,20}(\.[0-9]{2,3})? ?`),
		rapid.SampledFrom([]string{"", " ", "nl", " en ", "\u00a0savings", "life ", "2026-11-02 ", " 2000-01-31", "0612345678", "\u212a1", "1234 AB", "Interest-Only", "quarter", "x@example.org"}),
	)
	value := rapid.Custom(func(t *rapid.T) any {
		switch rapid.IntRange(0, 6).Draw(t, "kind") {
		case 0:
			return nil
		case 1:
			return rapid.Bool().Draw(t, "bool")
		case 2:
			return rapid.IntRange(-2, 100_001).Draw(t, "number")
		case 3:
			return rapid.SliceOfN(text, 0, 25).Draw(t, "texts")
		case 4:
			return object{}
		}
		return text.Draw(t, "text")
	})
	taken := 0
	rapid.Check(t, func(t *rapid.T) {
		line := rapid.SampledFrom(all).Draw(t, "line")
		for range rapid.IntRange(1, 3).Draw(t, "changes") {
			path := rapid.SampledFrom(paths(line, nil)).Draw(t, "path")
			if rapid.IntRange(0, 4).Draw(t, "leave out") == 0 {
				line = without(line, path)
			} else {
				line = changed(line, path, value.Draw(t, "value")).(object)
			}
		}
		if good := len(parseChanged(t, line, nil, line)) == 0; good {
			taken++
			if !valid(t, schema, line) {
				t.Errorf("the parser takes %v", line)
			}
		}
	})
	if taken == 0 {
		t.Error("the parser took none of the lines")
	}
}

// TestSchemaRefuses: each field that must be there, each kind of value, each name, each word of
// a list and each length is looked at.
func TestSchemaRefuses(t *testing.T) {
	schema := compileSchema(t)
	for _, name := range types {
		for _, line := range linesOf(t, name) {
			if !valid(t, schema, line) {
				t.Errorf("the schema refuses %v", line)
			}
			for _, path := range paths(line, nil) {
				if lacks := without(line, path); !valid(t, schema, lacks) && len(parseChanged(t, lacks, nil, lacks)) == 0 {
					t.Errorf("the schema wants %v", path)
				}
				if valid(t, schema, changed(line, path, object{"x": 1})) {
					t.Errorf("the schema takes an object for %v", path)
				}
			}
			if valid(t, schema, changed(line, []any{"bsn"}, "1")) {
				t.Errorf("the schema takes an unknown field in a line of type %s", name)
			}
		}
	}
	for path, wrong := range map[string]any{"language": "de", "letter_print": "huge", "surname": "", "birth_date": "9 april 1961", "house_number": -1, "id": nil, "type": "klant"} {
		if valid(t, schema, changed(linesOf(t, CustomerType)[0], []any{path}, wrong)) {
			t.Errorf("the schema takes %v for %s", wrong, path)
		}
	}
	for _, line := range linesOf(t, CustomerType) {
		needed := []string{"street", "house_number", "postcode", "city"}
		if line["country"] != nil && line["country"] != "NL" {
			needed = []string{"address"}
		}
		for _, field := range needed {
			if valid(t, schema, without(line, []any{field})) {
				t.Errorf("the schema takes %v without %s", line, field)
			}
		}
	}
	if valid(t, schema, changed(linesOf(t, ProductType)[0], []any{"details", "balance"}, "1.234,56")) {
		t.Error("the schema takes any amount")
	}
}

// paths lists the fields of a line, and those in what stands in them.
func paths(in any, above []any) (all [][]any) {
	switch in := in.(type) {
	case object:
		for _, name := range slices.Sorted(maps.Keys(in)) {
			at := append(slices.Clone(above), name)
			all = append(append(all, at), paths(in[name], at)...)
		}
	case []any:
		for i := range in {
			at := append(slices.Clone(above), i)
			all = append(append(all, at), paths(in[i], at)...)
		}
	}
	return all
}

// without returns a line that lacks what stands at a path, which is null in a list.
func without(line object, path []any) object {
	last := len(path) - 1
	name, named := path[last].(string)
	if !named {
		return changed(line, path, nil).(object)
	}
	above, _ := find(line, path[:last])
	members := maps.Clone(above.(object))
	delete(members, name)
	return changed(line, path[:last], members).(object)
}
