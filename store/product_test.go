package store_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"loket/store"
)

// TestProductKinds: every constant of type ProductKind is in the list of all kinds.
func TestProductKinds(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "product.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		spec, is := n.(*ast.ValueSpec)
		if kind, typed := constantOf(spec, "ProductKind"); is && typed && !slices.Contains(store.ProductKinds, store.ProductKind(kind)) {
			t.Errorf("kind %q is not in store.ProductKinds", kind)
		}
		return true
	})
}

// constantOf returns the value of a constant of that type.
func constantOf(spec *ast.ValueSpec, of string) (value string, is bool) {
	if spec == nil || len(spec.Values) != 1 {
		return "", false
	}
	name, typed := spec.Type.(*ast.Ident)
	literal, text := spec.Values[0].(*ast.BasicLit)
	if !typed || name.Name != of || !text {
		return "", false
	}
	value, err := strconv.Unquote(literal.Value)
	return value, err == nil
}

// TestDetailed: HasDetails is true with the details of each kind.
func TestDetailed(t *testing.T) {
	if (&store.Product{Kind: store.KindLife, Name: "Oude polis", Origin: 1}).HasDetails() {
		t.Error("a product without details has some")
	}
	for _, field := range reflect.VisibleFields(reflect.TypeFor[store.Product]()) {
		if field.Type.Kind() != reflect.Pointer {
			continue
		}
		var p store.Product
		reflect.ValueOf(&p).Elem().FieldByIndex(field.Index).Set(reflect.New(field.Type.Elem()))
		if !p.HasDetails() {
			t.Errorf("Product.Detailed does not look at %s", field.Name)
		}
	}
}
