// Package house checks rules about the source of the whole program: which packages may import which, where random numbers may
// be used, and which files may be at the top level.
package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// root is the path of the top folder of the module, relative to this package.
const root = "../../.."

// forTests are the folders that the program does not need. As in test files, their code may open databases and use weak random
// numbers.
var forTests = []string{"ui/e2e", "flows/flowtest"}

// source is a Go file of this module.
type source struct {
	path string // path is relative to the top folder: flows/clock/clock.go.
	file *ast.File
	test bool // test is true if the file is only for tests.
}

func (s source) dir() string { return filepath.ToSlash(filepath.Dir(s.path)) }

// imports returns the import paths of the file.
func (s source) imports() (paths []string) {
	for _, i := range s.file.Imports {
		path, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			panic(err) // This cannot happen, because the parser has accepted the string.
		}
		paths = append(paths, path)
	}
	return paths
}

// calls reports whether the file uses the given name from a package of the standard library.
func (s source) calls(pkg, name string) (found bool) {
	if !slices.Contains(s.imports(), pkg) {
		return false
	}
	ast.Inspect(s.file, func(n ast.Node) bool {
		if selector, is := n.(*ast.SelectorExpr); is && selector.Sel.Name == name {
			x, is := selector.X.(*ast.Ident)
			found = found || is && x.Name == pkg
		}
		return true
	})
	return found
}

// sources parses every Go file of this module.
func sources(t *testing.T) (all []source) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return fs.SkipDir
		case !strings.HasSuffix(path, ".go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		path, err = filepath.Rel(root, path)
		path = filepath.ToSlash(path)
		all = append(all, source{path, file, strings.HasSuffix(path, "_test.go") || slices.ContainsFunc(forTests, func(dir string) bool { return inside(path, dir) })})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 50 {
		t.Fatalf("found only %d files", len(all))
	}
	return all
}

// inside reports whether a folder is the same as another folder or is under it.
func inside(dir, other string) bool { return dir == other || strings.HasPrefix(dir, other+"/") }
