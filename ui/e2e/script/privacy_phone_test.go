package script

import (
	"html"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"

	"loket/flows/desk"
	"loket/flows/passkey/passkeytest"
	"loket/ui/web/app"
)

// opensPage opens the page for phones. The page logs to the same log as the desk.
func (o *observed) opensPage() {
	o.Helper()
	server := httptest.NewUnstartedServer(nil)
	o.Cleanup(server.Close)
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		o.Fatal(err)
	}
	if o.App, err = desk.NewPhoneApp("http://localhost:" + port); err != nil {
		o.Fatal(err)
	}
	server.Config.Handler = app.Handler(o.App, func(string) *desk.Desk { return o.Desk }, o.logger)
	server.Start()
}

// comesByPhone pairs a phone, logs in with it, and removes it. Before that, other phones send invalid answers.
func (o *observed) comesByPhone(r *reader) {
	const password, current = "Polderlicht7", "Je huidige wachtwoord"
	security := []string{choose, "/begin", choose, "= Gegevens", choose, "= Toegang"}
	phone := passkeytest.New()
	r.walks(choose, "= Inloggen", "Gebruikersnaam", "noorvisscher", "Wachtwoord", password)
	r.walks(append(security, choose, "= Telefoon koppelen", current, password)...)
	code, _ := r.waits()
	o.posts(code, url.Values{"token": {"Tokkeling77"}, "passkey": {`{"id":"Sleuteling77"}`}})
	o.posts("BCDF-GHJK", url.Values{"number": {"no"}})
	shown := regexp.MustCompile(`(\d\d)</p>`).FindStringSubmatch(o.answers(phone, code, ""))
	if shown == nil {
		o.Fatal("the phone shows no number")
	}
	r.walks("Getal op je telefoon", shown[1], "Naam van de telefoon", "Toestel van Noortje", choose, "/begin", choose, "= Uitloggen")
	r.walks(choose, "= Inloggen met de NN App")
	code, number := r.waits()
	o.answers(phone, code, number)
	r.walks(append(security, choose, "= Gekoppelde telefoons")...)
	r.walks("Verwijder", "= Toestel van Noortje", current, password, choose, "= Uitloggen")
}

// waits reads the code with which a phone reaches the desk, and the number that must be chosen on the phone.
func (r *reader) waits() (code, number string) {
	r.Helper()
	said, _ := r.hears()
	found := regexp.MustCompile(`Letters: (.+)`).FindStringSubmatch(said)
	if found == nil {
		r.Fatalf("no letters in\n%s", said)
	}
	if shown := regexp.MustCompile(`Getal: (\d\d)`).FindStringSubmatch(said); shown != nil {
		number = shown[1]
	}
	return strings.NewReplacer(", ", "", "; ", "-").Replace(found[1]), number
}

// answers makes a phone open the page of a code and answer it. It returns the resulting page.
func (o *observed) answers(phone *passkeytest.Phone, code, number string) (page string) {
	o.Helper()
	page = o.gets(http.MethodGet, code, nil)
	part := func(pattern string) string {
		found := regexp.MustCompile(pattern).FindStringSubmatch(page)
		if found == nil {
			o.Fatalf("no %s in\n%s", pattern, page)
		}
		return html.UnescapeString(found[1])
	}
	does := phone.Sign
	if part(`data-ceremony="(\w+)"`) == "create" {
		does = phone.Create
	}
	answer, err := does(o.App.URL().String(), part(`data-request="([^"]*)"`))
	if err != nil {
		o.Fatal(err)
	}
	o.facts.add("answer of a phone", answer)
	return o.posts(code, url.Values{"token": {part(`name="token" value="([^"]*)"`)}, "number": {number}, "passkey": {answer}})
}

// posts posts a form to the page of a code. The contents of the form are facts.
func (o *observed) posts(code string, form url.Values) (page string) {
	o.Helper()
	o.facts.add("code", code)
	for name, values := range form {
		o.facts.add(name+" of a phone", values[0])
	}
	return o.gets(http.MethodPost, code, strings.NewReader(form.Encode()))
}

func (o *observed) gets(method, code string, body io.Reader) (page string) {
	o.Helper()
	r, err := http.NewRequestWithContext(o.Context(), method, o.App.URL().String()+"/"+code, body)
	if err != nil {
		o.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		o.Fatal(err)
	}
	defer response.Body.Close()
	all, err := io.ReadAll(response.Body)
	if err != nil {
		o.Fatal(err)
	}
	return string(all)
}
