package keys

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"testing"
)

// TestEach checks that each has every key with a name of its own.
func TestEach(t *testing.T) {
	tested := declared(t, "keys_test.go")["each"]
	for name, value := range declared(t, "keys.go") {
		if slices.Contains(value, "newBinding") && !slices.Contains(tested, name) {
			t.Errorf("key %s is not in each, of keys_test.go", name)
		}
	}
}

// declared returns the variables that a file declares, each with the identifiers in its value.
func declared(t *testing.T, file string) map[string][]string {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	of := map[string][]string{}
	ast.Inspect(parsed, func(n ast.Node) bool {
		spec, is := n.(*ast.ValueSpec)
		if !is || len(spec.Values) != 1 {
			return true
		}
		ast.Inspect(spec.Values[0], func(n ast.Node) bool {
			if id, is := n.(*ast.Ident); is {
				of[spec.Names[0].Name] = append(of[spec.Names[0].Name], id.Name)
			}
			return true
		})
		return false
	})
	return of
}
