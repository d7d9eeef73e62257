package demo

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"text/template"

	"loket/flows/dutch"
)

//go:embed customers.json.tmpl
var customersTemplate string

// customersImport returns the customers of the demo in the import format, with one JSON object per line. Their dates are
// relative to today.
func customersImport(today dutch.Date) ([]byte, error) {
	var rendered bytes.Buffer
	page, err := template.New("customers").Funcs(dateFuncs(today)).Parse(customersTemplate)
	if err == nil {
		err = page.Execute(&rendered, nil)
	}
	if err != nil {
		return nil, fmt.Errorf("fill in the dates of the demo: %w", err)
	}
	return splitIntoLines(&rendered)
}

// dateFuncs returns the template functions that write dates relative to today.
func dateFuncs(today dutch.Date) template.FuncMap {
	on := func(months, day int) string {
		return dutch.NewDate(today.Year, today.Month, 1).AddMonths(months).AddDays(day - 1).String()
	}
	return template.FuncMap{
		"days":   func(n int) string { return today.AddDays(n).String() },
		"months": func(n int) string { return today.AddMonths(n).String() },
		"on":     on,
		"first":  func(months int) string { return on(months, 1) },
	}
}

// splitIntoLines puts each JSON object on a line of its own.
func splitIntoLines(rendered io.Reader) ([]byte, error) {
	var lines bytes.Buffer
	for objects := json.NewDecoder(rendered); ; {
		var object json.RawMessage
		err := objects.Decode(&object)
		if errors.Is(err, io.EOF) {
			return lines.Bytes(), nil
		}
		if err == nil {
			err = json.Compact(&lines, object)
		}
		if err != nil {
			return nil, fmt.Errorf("read the customers of the demo: %w", err)
		}
		lines.WriteByte('\n')
	}
}
