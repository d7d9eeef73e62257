package app

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// answered is the response to a request.
type answered struct {
	*httptest.ResponseRecorder
	t    testing.TB
	root *html.Node
}

func (s *site) does(r *http.Request) *answered {
	s.Helper()
	w := httptest.NewRecorder()
	s.pages.ServeHTTP(w, r)
	return newAnswered(s, w)
}

func newAnswered(t testing.TB, w *httptest.ResponseRecorder) *answered {
	t.Helper()
	root, err := html.Parse(strings.NewReader(w.Body.String()))
	if err != nil {
		t.Fatal(err)
	}
	return &answered{w, t, root}
}

// state returns the state of the page.
func (a *answered) state() string {
	a.t.Helper()
	return a.node("page").attribute("data-state")
}

// is checks the HTTP status of the response and the state of the page.
func (a *answered) is(status int, state string) {
	a.t.Helper()
	if a.Code != status || a.state() != state {
		a.t.Errorf("%d %q, want %d %q", a.Code, a.state(), status, state)
	}
}

// An element is an HTML element of a page.
type element struct{ *html.Node }

// node returns the element with an id.
func (a *answered) node(id string) element {
	a.t.Helper()
	for n := range a.root.Descendants() {
		if e := (element{n}); n.Type == html.ElementNode && e.attribute("id") == id {
			return e
		}
	}
	a.t.Fatalf("no #%s in %d\n%s", id, a.Code, a.Body)
	return element{}
}

// has reports whether there is an element with an id.
func (a *answered) has(id string) bool { return strings.Contains(a.Body.String(), `id="`+id+`"`) }

// all returns the elements with a name and, unless class is empty, with a class.
func (a *answered) all(name, class string) (found []element) {
	for n := range a.root.Descendants() {
		e := element{n}
		if n.Type == html.ElementNode && n.Data == name && (class == "" || slices.Contains(strings.Fields(e.attribute("class")), class)) {
			found = append(found, e)
		}
	}
	return found
}

func (e element) attribute(name string) string {
	for _, a := range e.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// text returns the text of an element.
func (e element) text() string {
	var b strings.Builder
	for n := range e.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

// lastText returns the text at the end of an element.
func (e element) lastText() string { return strings.TrimSpace(e.LastChild.Data) }

// values returns the values of the inputs in a form.
func (e element) values() url.Values {
	values := url.Values{}
	for n := range e.Descendants() {
		if in := (element{n}); n.Data == "input" {
			values.Set(in.attribute("name"), in.attribute("value"))
		}
	}
	return values
}
