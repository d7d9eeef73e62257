package app

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"loket/flows/passkey/passkeytest"
	"loket/flows/phone"
	"loket/flows/text"
	"loket/ui/web/app/page"
)

// everyPage returns each kind of page, by name.
func everyPage(t *testing.T, lang text.Language) map[string]*answered {
	s := newSite(t, origin)
	query := "?lang=" + string(lang)
	post := func(code string, form map[string][]string) *answered {
		return s.does(s.post("/"+code+query, form))
	}
	pairing, device := s.pairing(marijke), passkeytest.New()
	all := map[string]*answered{
		"home":         s.get("/" + query),
		"wrong code":   s.get("/" + query + "&code=%3Cscript%3E"),
		"unknown code": s.get("/BCDF-GHJK" + query),
		"pairing":      s.get("/" + pairing.code + query),
		"registered":   post(pairing.code, s.made(pairing.code, device)),
	}
	key := s.paired(jayden)
	in := s.logsIn()
	all["logging in"] = s.get("/" + in.code + query)
	all["problem"] = post(in.code, with(s.get("/"+in.code).node("answer").values(), "number", in.number))
	all["approved"] = post(in.code, with(s.made(in.code, key), "number", in.number))
	all["over"] = s.get("/" + in.code + query)
	in = s.logsIn()
	all["declined"] = post(in.code, with(s.get("/"+in.code).node("answer").values(), "number", phone.ChoiceDecline))
	in = s.logsIn()
	all["wrong number"] = post(in.code, with(s.made(in.code, key), "number", s.another(in)))
	in = s.logsIn()
	s.removes(jayden)
	all["removed phone"] = post(in.code, with(s.made(in.code, key), "number", in.number))
	all["unknown phone"] = post(in.code, with(s.made(in.code, newSite(t, origin).paired(jayden)), "number", in.number))
	for status := range page.RefusalMessages {
		w := httptest.NewRecorder()
		s.pages.showRefusal(w, s.request("GET", "/"+in.code+query, nil), status)
		all[http.StatusText(status)] = newAnswered(t, w)
	}
	return all
}

// TestPages checks that every page is accessible (WCAG 2.2) and valid HTML, in each language.
func TestPages(t *testing.T) {
	for _, lang := range page.Languages {
		for name, a := range everyPage(t, lang) {
			for _, problem := range problemsOf(a, lang) {
				t.Errorf("%s, %s: %s\n%s", name, lang, problem, a.Body)
			}
		}
	}
}

// problemsOf returns the faults of a page.
func problemsOf(a *answered, lang text.Language) (problems []string) {
	wrong := func(is bool, format string, args ...any) {
		if is {
			problems = append(problems, fmt.Sprintf(format, args...))
		}
	}
	source := a.Body.String()
	wrong(!strings.HasPrefix(source, "<!DOCTYPE html>\n"), "it is of no known kind")
	wrong(strings.Contains(source, "ZgotmplZ") || strings.Contains(source, "<no value>"), "the template went wrong")
	wrong(unbalanced(source) != "", "%s", unbalanced(source))
	wrong(a.Header().Get("Content-Language") != string(lang), "its language is %s", a.Header().Get("Content-Language"))
	for name, count := range map[string]int{"html": 1, "title": 1, "h1": 1, "main": 1, "header": 1, "footer": 1} {
		wrong(len(a.all(name, "")) != count, "%d of %s", len(a.all(name, "")), name)
	}
	wrong(a.all("html", "")[0].attribute("lang") != string(lang), "its language is %q", a.all("html", "")[0].attribute("lang"))
	wrong(!strings.HasPrefix(a.all("title", "")[0].text(), a.all("h1", "")[0].text()) || a.all("h1", "")[0].text() == "", "its title is %q", a.all("title", "")[0].text())
	viewport := slices.ContainsFunc(a.all("meta", ""), func(e element) bool {
		return e.attribute("name") == "viewport" && e.attribute("content") == "width=device-width, initial-scale=1"
	})
	wrong(!viewport, "it cannot be enlarged")
	ids := map[string]bool{}
	for n := range a.root.Descendants() {
		e := element{n}
		if n.Type != html.ElementNode {
			continue
		}
		id := e.attribute("id")
		wrong(id != "" && ids[id], "two are #%s", id)
		ids[id] = true
		wrong(n.Data == "style" || n.Data == "script" && e.text() != "", "there is a %s in it", n.Data)
		wrong((n.Data == "button" || n.Data == "a") && e.text() == "", "a %s says nothing", n.Data)
		wrong(n.Data == "input" && e.attribute("type") != "hidden" && !labelled(a, id), "#%s has no label", id)
		for _, attr := range n.Attr {
			wrong(attr.Key == "style" || strings.HasPrefix(attr.Key, "on"), "%s has %s", n.Data, attr.Key)
			own := strings.HasPrefix(attr.Val, "/") && !strings.HasPrefix(attr.Val, "//") || id == "right"
			wrong(slices.Contains([]string{"href", "src", "action"}, attr.Key) && !own, "%s leads to %q", n.Data, attr.Val)
		}
		wrong(n.Data == "img" && !strings.Contains(source, `alt=""`), "a picture has no text")
		for said := range strings.FieldsSeq(e.attribute("aria-describedby")) {
			wrong(!a.has(said), "#%s is described by nothing", id)
		}
	}
	return problems
}

func labelled(a *answered, id string) bool {
	return slices.ContainsFunc(a.all("label", ""), func(e element) bool { return e.attribute("for") == id && e.text() != "" })
}

// unbalanced returns a tag that has no start or no end tag in source.
func unbalanced(source string) string {
	void := []string{"meta", "link", "input", "img", "!doctype"}
	var open []string
	for z := html.NewTokenizer(strings.NewReader(source)); ; {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			if len(open) > 0 {
				return fmt.Sprint("not ended: ", open)
			}
			return ""
		case html.StartTagToken:
			if name, _ := z.TagName(); !slices.Contains(void, string(name)) {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				return fmt.Sprintf("</%s> within %v", name, open)
			}
			open = open[:len(open)-1]
		}
	}
}

// TestLanguage checks the language of a page, and that links pass it on.
func TestLanguage(t *testing.T) {
	s := newSite(t, origin)
	at := s.logsIn()
	for _, test := range []struct{ accepts, query, want string }{
		{"", "", "nl"}, {"nl-NL,nl;q=0.9,en;q=0.8", "", "nl"}, {"en-GB,en;q=0.9", "", "en"}, {"fy", "", "nl"}, {"zz;q=x,,;", "", "nl"},
		{"en", "?lang=nl", "nl"}, {"nl", "?lang=en", "en"}, {"en", "?lang=de", "en"}, {"nl", "?lang=%3Cb%3E", "nl"}, {strings.Repeat("en-", 1000), "", "nl"},
	} {
		r := s.request("GET", "/"+at.code+test.query, nil)
		r.Header.Set("Accept-Language", test.accepts)
		a := s.does(r)
		if got := a.all("html", "")[0].attribute("lang"); got != test.want {
			t.Errorf("%.20q with %q: %s, want %s", test.accepts, test.query, got, test.want)
		}
		other := map[string]string{"nl": "en", "en": "nl"}[test.want]
		if got := a.node("language"); got.attribute("href") != "/"+at.code+"?lang="+other || got.attribute("lang") != other {
			t.Errorf("%+v", got.Attr)
		}
		chosen := map[bool]string{true: "?lang=" + test.want}[test.query == "?lang="+test.want]
		if got := a.node("answer").attribute("action"); got != "/"+at.code+chosen {
			t.Errorf("%q: the form goes to %s", test.query, got)
		}
	}
	if got := s.get("/?lang=en&code=" + strings.ToLower(at.code)); got.Code != http.StatusSeeOther || got.Header().Get("Location") != "/"+at.code+"?lang=en" {
		t.Errorf("%d %q", got.Code, got.Header())
	}
	if got := s.get("/?lang=en").node("open").values().Get("lang"); got != "en" {
		t.Errorf("the form says %q", got)
	}
}

// TestTyped checks that a code is read however it is typed, and that a wrong code stays in the
// field to be corrected, unless it is far too long.
func TestTyped(t *testing.T) {
	s := newSite(t, origin)
	for typed, want := range map[string]string{
		"BCDF-GHJK": "/BCDF-GHJK", "bcdfghjk": "/BCDF-GHJK", " bcdf ghjk ": "/BCDF-GHJK", "b-c-d-f-g-h-j-k": "/BCDF-GHJK", "BCDF–GHJK": "/BCDF-GHJK",
	} {
		r := s.request("GET", "/", nil)
		r.URL.RawQuery = url.Values{"code": {typed}}.Encode()
		if a := s.does(r); a.Code != http.StatusSeeOther || a.Header().Get("Location") != want {
			t.Errorf("%q: %d %q", typed, a.Code, a.Header().Get("Location"))
		}
	}
	for query, stays := range map[string]string{"hallo": "hallo", "%22%3E%3Cb%3E": `"><b>`, "x%00%1By": "xy", strings.Repeat("long", 100): strings.Repeat("long", 5)} {
		a := s.get("/?code=" + query)
		a.is(http.StatusBadRequest, "code")
		if got := a.node("code").attribute("value"); got != stays || !a.has("problem") {
			t.Errorf("%.30q stays %q", query, got)
		}
	}
}
