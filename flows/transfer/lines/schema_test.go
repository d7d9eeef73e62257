package lines

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"loket/flows/dutch"
	"loket/flows/golden"
	"loket/flows/transfer/kinds"
	"loket/store"
)

// examples are good lines that have every field and every kind of product, the optional ones
// in the first item of a list too. The schema says of a field what the parser says of it in
// these lines.
var examples = slices.Concat(wholeFile, []byte(`
{"type":"customer","id":"K3","surname":"Berg","birth_date":"1961-04-09","street":"Haven","house_number":1,"postcode":"3511 AB","city":"Utrecht","language":"nl","letter_print":"large","own":{"email":"eigen@example.org","phone":"","language":"en","letter_print":"normal"}}
{"type":"customer","id":"K4","surname":"Berg","birth_date":"1961-04-09","street":"Haven","house_number":1,"postcode":"3511 AB","city":"Utrecht","email":"naam@example.org","language":"nl","own":{"email_unconfirmed_since":"2026-11-20T09:30:00Z"}}
{"type":"product","id":"P1","kind":"savings","name":"Internetsparen","number":"NL22NNBA0123456789","holders":["K1"],"since":"2019-05-01","details":{"balance":"1.00","interest_rate":"1.35","transactions":[{"date":"2026-10-02","amount":"-250.00","description":"Inleg"}]}}
{"type":"product","id":"P6","kind":"investment","name":"Beleggen","number":"BL1","holders":["K2"],"since":"2001-01-01","details":{"value":"0.00","as_of":"2026-10-31","contribution":"10.00"}}
{"type":"customer","id":"K5","surname":"Peeters","birth_date":"1950-00-00","country":"BE","address":["Wetstraat 16","1000 Brussel"],"postcode":"1000","language":"nl","status":"active"}
{"type":"customer","id":"K6","surname":"Berg","birth_date":"1950-05-00","street":"Kade","designation":"to","house_number":12,"postcode":"3511 AB","city":"Utrecht","country":"NL","status":"blocked"}
{"type":"product","id":"P8","kind":"life","name":"Leven","number":"L8","holders":["K1"],"since":"2001-01-01","closed":"2026-10-31"}
{"type":"application","id":"A2","product":"P1","applicants":["K1","K2"],"submitted":"2026-11-18","opened":[{"customer":"K2","at":"2026-11-20T09:30:00Z"}]}
{"type":"removed","of":"customer","id":"K7"}
{"type":"removed","of":"holder","id":"P8","customer":"K7"}
`))

//go:embed testdata/whole.jsonl
var wholeFile []byte

var dayOfExamples = dutch.Date{Year: 2026, Month: 11, Day: 24}

// structs has the struct of the lines of each type.
var structs = map[string]reflect.Type{
	CustomerType:    reflect.TypeFor[Customer](),
	ProductType:     reflect.TypeFor[Product](),
	ApplicationType: reflect.TypeFor[Application](),
	AccountType:     reflect.TypeFor[Account](),
	NumberType:      reflect.TypeFor[ActivationNumber](),
	RemovedType:     reflect.TypeFor[RemovedLine](),
}

// TestSchema holds the schema that is embedded to the types of lines and to the parser.
func TestSchema(t *testing.T) {
	var lines []any
	definitions := object{}
	for _, name := range types {
		d := describer{t: t, lines: linesOf(t, name), name: name}
		definition := d.describe(structs[name], nil)
		definition["properties"].(object)["type"] = object{"const": name}
		switch name {
		case ProductType:
			definition["allOf"] = d.describeDetails()
		case CustomerType:
			definition["allOf"] = d.describeAddresses(definition["required"].([]string))
		}
		definitions[name] = definition
		lines = append(lines, object{"$ref": "#/$defs/" + name})
	}
	text, err := json.MarshalIndent(object{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A line of a file that loket import takes",
		"type": "object", "required": []string{"type"}, "oneOf": lines, "$defs": definitions,
	}, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	golden.CompareWithFile(t, "schema.json", string(text)+"\n")
}

// object is a JSON object.
type object = map[string]any

// linesOf returns the examples of a type.
func linesOf(t *testing.T, name string) (all []object) {
	t.Helper()
	for text := range bytes.FieldsFuncSeq(examples, func(r rune) bool { return r == '\n' }) {
		line := object{}
		if err := json.Unmarshal(text, &line); err != nil {
			t.Fatal(err)
		}
		if line["type"] == name {
			all = append(all, line)
		}
	}
	return all
}

// describer finds what the parser wants of a field by changing it in good lines of one type.
type describer struct {
	t     *testing.T
	name  string
	lines []object
}

// describe returns the schema of a struct that stands at a path in the lines.
func (d describer) describe(s reflect.Type, path []any) object {
	properties, required := object{}, []string{}
	for i := range s.NumField() {
		name, _, _ := strings.Cut(s.Field(i).Tag.Get("json"), ",")
		at := append(slices.Clone(path), name)
		must := d.isRequired(path, name)
		if must || name == "type" {
			required = append(required, name)
		}
		properties[name] = d.describeField(s.Field(i).Type, at, must)
	}
	return object{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}

// describeField returns the schema of a field. One that can be left out can be null.
func (d describer) describeField(f reflect.Type, at []any, must bool) object {
	schema := object{}
	kind := "object"
	switch f.Kind() {
	case reflect.Pointer:
		return d.describeField(f.Elem(), at, must)
	case reflect.Struct:
		schema = d.describe(f, at)
	case reflect.String:
		kind = "string"
		d.describeText(schema, at, must)
	case reflect.Int:
		kind = "integer"
		d.bound(schema, at, 10_000_000, `from (\d+) to (\d+)`, "minimum", "maximum")
		d.bound(schema, at, 10_000_000, `or (0) if`, "minimum")
	case reflect.Bool:
		kind = "boolean"
	case reflect.Slice:
		if f.Elem().Kind() == reflect.Uint8 {
			break // the details, which are described by kind
		}
		kind = "array"
		d.bound(schema, at, slices.Repeat([]any{d.example(at, 0)}, 2000), `more than (\d+)`, "maxItems")
		if item := append(slices.Clone(at), 0); f.Elem().Kind() == reflect.Struct {
			schema["items"] = d.describe(f.Elem(), item)
		} else {
			schema["items"] = d.describeField(f.Elem(), item, true)
		}
		if must {
			schema["minItems"] = 1
		}
	}
	schema["type"] = kind
	if !must {
		schema["type"] = []string{kind, "null"}
	}
	return schema
}

// forms are how texts look of which the parser says such a thing.
var forms = map[string]string{
	"must be a day of the calendar": `[0-9]{4}-[0-9]{2}-[0-9]{2}`,
	"must be an amount":             `-?[0-9]+\.[0-9]{2}`,
	"must be a percentage":          `-?[0-9]+(\.[0-9]+)?`,
}

// describeText describes a text. Spaces around it are no part of it.
func (d describer) describeText(schema object, at []any, must bool) {
	d.bound(schema, at, strings.Repeat("x", 2000), `longer than (\d+) characters`, "maxLength")
	if must {
		schema["minLength"] = 1
	}
	says := d.says(at, "?")
	if says == "" {
		return
	}
	form := ""
	if words, is := strings.CutPrefix(says, "must be one of "); is {
		form = strings.ReplaceAll(words, ", ", "|")
	}
	for begins, looks := range forms {
		if strings.HasPrefix(says, begins) {
			form = looks
		}
	}
	schema["description"] = says
	if form == "" {
		return
	}
	optional := ""
	if !must {
		optional = "?"
	}
	schema["pattern"] = `^\p{Zs}*(` + form + `)` + optional + `\p{Zs}*$`
}

// bound has the schema bound a field as the parser says of a value that is far too much.
func (d describer) bound(schema object, at []any, value any, pattern string, keywords ...string) {
	if found := regexp.MustCompile(pattern).FindStringSubmatch(d.says(at, value)); found != nil {
		for i, keyword := range keywords {
			n, err := strconv.Atoi(found[1+i])
			if err != nil {
				d.t.Fatal(err)
			}
			schema[keyword] = n
		}
	}
}

// says returns what the parser says of a field when it has a value, without its name. If that
// differs from line to line, nothing holds of all lines.
func (d describer) says(at []any, value any) string {
	heard := map[string]bool{}
	for _, line := range d.lines {
		if _, has := find(line, at); has {
			problems := parseChanged(d.t, line, at, value)
			text := ""
			if len(problems) > 0 {
				_, text, _ = strings.Cut(problems[0].Reason, " ")
			}
			heard[text] = true
		}
	}
	if len(heard) != 1 {
		if len(heard) == 0 {
			d.t.Errorf("%s: no example has %v", d.name, at)
		}
		return ""
	}
	for text := range heard {
		return text
	}
	return ""
}

// example returns the value of a field in the first line that has it.
func (d describer) example(at ...any) any {
	path := slices.Concat(at[0].([]any), at[1:])
	for _, line := range d.lines {
		if value, has := find(line, path); has {
			return value
		}
	}
	d.t.Errorf("%s: no example has %v", d.name, path)
	return nil
}

// isRequired reports whether no line is good without a field of the object at a path.
func (d describer) isRequired(path []any, name string) bool {
	seen := false
	for _, line := range d.lines {
		if _, has := find(line, path); has {
			seen = true
			if len(parseChanged(d.t, line, append(slices.Clone(path), name), nil)) == 0 {
				return false
			}
		}
	}
	return seen
}

// describeDetails returns what the details are of each kind of product.
func (d describer) describeDetails() (all []object) {
	for _, kind := range store.ProductKinds {
		of, _ := kinds.FindKind(kind)
		d := d
		d.name = string(kind)
		d.lines = slices.DeleteFunc(slices.Clone(d.lines), func(line object) bool { return line["kind"] != string(kind) })
		details := d.describe(of.Details, []any{"details"})
		details["type"] = []string{"object", "null"}
		all = append(all, object{
			"if":   object{"properties": object{"kind": object{"const": kind}}, "required": []string{"kind"}},
			"then": object{"properties": object{"details": details}},
		})
	}
	return all
}

// describeAddresses returns which fields a customer must have in the Netherlands and abroad, beside those that every customer
// must have.
func (d describer) describeAddresses(always []string) (all []object) {
	for _, place := range []struct {
		country object
		has     func(line object) bool
		needed  []string
	}{
		{object{"enum": []any{nil, "", "NL"}}, func(line object) bool { return line["country"] == nil || line["country"] == "NL" }, []string{}},
		{object{"type": "string", "pattern": "^[A-Z]{2}$", "not": object{"const": "NL"}}, func(line object) bool { return line["country"] != nil && line["country"] != "NL" }, []string{"country"}},
	} {
		d := d
		d.lines = slices.DeleteFunc(slices.Clone(d.lines), func(line object) bool { return !place.has(line) })
		properties, required := object{}, []string{}
		for field := range structs[CustomerType].Fields() {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if d.isRequired(nil, name) && !slices.Contains(always, name) && name != "country" {
				required = append(required, name)
				properties[name] = d.describeField(field.Type, []any{name}, true)
			}
		}
		all = append(all, object{
			"if":   object{"properties": object{"country": place.country}, "required": place.needed},
			"then": object{"properties": properties, "required": required},
		})
	}
	return all
}

// find returns what stands at a path in a line.
func find(in any, path []any) (value any, has bool) {
	for _, step := range path {
		switch at := step.(type) {
		case string:
			in, has = in.(object)[at]
		case int:
			list, _ := in.([]any)
			if has = at < len(list); has {
				in = list[at]
			}
		}
		if !has {
			return nil, false
		}
	}
	return in, true
}

// changed returns a line with another value at a path; nil stands for null.
func changed(in any, path []any, value any) any {
	if len(path) == 0 {
		return value
	}
	switch at := path[0].(type) {
	case int:
		list := slices.Clone(in.([]any))
		list[at] = changed(list[at], path[1:], value)
		return list
	default:
		members := maps.Clone(in.(object))
		members[at.(string)] = changed(members[at.(string)], path[1:], value)
		return members
	}
}
