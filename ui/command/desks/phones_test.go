package desks

import (
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"loket/flows/phone"
	"loket/ui/command/commandtest"
)

// TestDemoHasAPage checks that a demo without flags has a page for phones at the address that it shows, and that the page
// accepts the code.
func TestDemoHasAPage(t *testing.T) {
	o := open(t, "kiosk", "--plain")
	host := o.err.AwaitPattern(t, `The NN App page is at http://(localhost:\d+)\.`)
	code := asksPhone(t, o.in, o.out)
	_, port, _ := strings.Cut(host, ":")
	o.out.AwaitPattern(t, "localhost dubbele punt "+strings.Join(strings.Split(port, ""), " "))
	if state, _ := asked(t, host, host, "/"+code); state != string(phone.StateAskPhone) {
		t.Errorf("the page of the code is %q", state)
	}
	if state, _ := asked(t, host, host, "/BCDF-GHJK"); state != "unknown code" {
		t.Errorf("the page of no code is %q", state)
	}
	o.stop()
	if c, err := net.Dial("tcp", host); err == nil {
		c.Close()
		t.Error("the page is there after the desk closed")
	}
}

// TestPageOfDesk checks that a desk for real customers has a page for phones only if a flag asks for one.
func TestPageOfDesk(t *testing.T) {
	const page = "app.example.org"
	d := commandtest.DatabaseWithAccount(t)
	for _, args := range [][]string{{"--app-listen", "0", "--app-url", "https://" + page}, nil} {
		o := open(t, append([]string{"kiosk", "--plain", "--db", d.DB, "--spool", t.TempDir()}, args...)...)
		if args == nil {
			if o.out.AwaitPattern(t, `(?s)1\. (.*) Service en contact`); strings.Contains(o.out.String(), "NN App") {
				t.Errorf("phones may come to\n%s", o.out)
			}
			continue
		}
		at := o.err.AwaitPattern(t, `The NN App page is at https://app\.example\.org, and is served at (127\.0\.0\.1:\d+)\.`)
		if state, _ := asked(t, at, page, "/"+asksPhone(t, o.in, o.out)); state != string(phone.StateAskPhone) {
			t.Errorf("the page of the code is %q", state)
		}
		o.stop()
	}
}

// TestPageOfEachVisitor checks that each visitor over SSH has a separate code, by which a phone reaches only the desk of that
// visitor.
func TestPageOfEachVisitor(t *testing.T) {
	const host = "app.example.org"
	o := open(t, "serve", "--listen", "127.0.0.1:0", "--state", t.TempDir(), "--app-listen", "0", "--app-url", "https://"+host)
	page := o.err.AwaitPattern(t, `The NN App page is at https://app\.example\.org, and is served at (127\.0\.0\.1:\d+)\.`)
	at := o.err.AwaitPattern(t, `Open on (\S+),`)
	anna, bert := visit(t, at), visit(t, at)
	hers, his := asksPhone(t, anna.typed, anna.seen), asksPhone(t, bert.typed, bert.seen)
	state, form := asked(t, page, host, "/"+hers)
	token := regexp.MustCompile(`name="token" value="([^"]+)"`).FindStringSubmatch(form)
	if state != string(phone.StateAskPhone) || token == nil {
		t.Fatalf("the page of her code is %q\n%s", state, form)
	}
	refusal := url.Values{"token": {token[1]}, "number": {"no"}}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+page+"/"+hers, strings.NewReader(refusal.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if state, text := answered(t, r, host); state != string(phone.StateDeclined) {
		t.Fatalf("a refusal leads to %q\n%s", state, text)
	}
	anna.seen.AwaitPattern(t, "Niet ingelogd")
	if state, _ := asked(t, page, host, "/"+his); state != string(phone.StateAskPhone) {
		t.Errorf("the page of his code is %q", state)
	}
	bert.leave()
	for code, want := range map[string]string{hers: string(phone.StateRequestOver), his: "unknown code"} {
		if state, _ := asked(t, page, host, "/"+code); state != want {
			t.Errorf("the page is %q, not %q", state, want)
		}
	}
}

// TestVisitorsHaveNoPage checks that the menu says that phones do not work if there is no address for phones.
func TestVisitorsHaveNoPage(t *testing.T) {
	o := open(t, "serve", "--listen", "127.0.0.1:0", "--state", t.TempDir())
	anna := visit(t, o.err.AwaitPattern(t, `Open on (\S+),`))
	anna.seen.AwaitPattern(t, `Inloggen met de NN App\. Kan niet in deze demo`)
	if _, err := io.WriteString(anna.typed, anna.seen.AwaitPattern(t, logInWithApp)+"\n"); err != nil {
		t.Fatal(err)
	}
	anna.seen.AwaitPattern(t, `Je telefoon kan deze demo niet bereiken`)
}
