package config

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// A File is a configuration file.
type File struct {
	Path   string
	Values map[string]Value // Values maps the names of flags to their values.
}

// A Value is the value of a flag in a configuration file.
type Value struct {
	Decoded any // Decoded is the decoded TOML value: a string, int64, float64, bool, date, or []any of these types.
	Line    int // Line is the line number in the file, or 0 if it is not known.
}

// maxFileSize is the maximum size of a configuration file, in bytes.
const maxFileSize = 1 << 20

// Read reads a configuration file.
func Read(path string) (File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return File{}, fmt.Errorf("read the configuration: %w", err)
	}
	if info.Size() > maxFileSize {
		return File{}, fmt.Errorf("read the configuration: %s has more than %d MB", path, maxFileSize>>20)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return File{}, fmt.Errorf("read the configuration: %w", err)
	}
	return parse(path, text)
}

func parse(path string, text []byte) (File, error) {
	var tables map[string]any
	if err := toml.Unmarshal(text, &tables); err != nil {
		if at, is := errors.AsType[*toml.DecodeError](err); is {
			line, _ := at.Position()
			return File{}, fmt.Errorf("%s:%d: %s", path, line, strings.TrimPrefix(at.Error(), "toml: "))
		}
		return File{}, fmt.Errorf("%s: %w", path, err)
	}
	f := File{Path: path, Values: map[string]Value{}}
	lines := keyLines(text)
	if err := f.addTable("", tables, lines); err != nil {
		return File{}, err
	}
	return f, nil
}

// addTable adds the values of a TOML table. The name of a flag may be split over nested tables: key b in table a sets the flag a-b.
func (f File) addTable(prefix string, table map[string]any, lines map[string]int) error {
	for _, key := range slices.Sorted(maps.Keys(table)) {
		name := prefix + key
		if below, is := table[key].(map[string]any); is {
			if err := f.addTable(name+"-", below, lines); err != nil {
				return err
			}
			continue
		}
		if earlier, twice := f.Values[name]; twice {
			return fmt.Errorf("%s: %s is set twice, in the lines %d and %d", f.Path, name, earlier.Line, lines[name])
		}
		f.Values[name] = Value{table[key], lines[name]}
	}
	return nil
}

// keyLines returns the line number of each key, by the name of the flag that the key sets.
func keyLines(text []byte) map[string]int {
	lines, table := map[string]int{}, ""
	var p unstable.Parser
	p.Reset(text)
	for p.NextExpression() {
		e := p.Expression()
		name, line := "", 0
		for keys := e.Key(); keys.Next(); {
			key := keys.Node()
			name += string(key.Data) + "-"
			line = p.Shape(key.Raw).Start.Line
		}
		if e.Kind == unstable.Table {
			table = name
			continue
		}
		lines[strings.TrimSuffix(table+name, "-")] = line
	}
	return lines
}

// valuePosition returns the position of a value as "path:line", or only the path if the line is not known.
func (f File) valuePosition(v Value) string {
	if v.Line == 0 {
		return f.Path
	}
	return fmt.Sprintf("%s:%d", f.Path, v.Line)
}
