package command

import (
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"loket/flows"
	"loket/flows/desk"
	"loket/flows/phone"
	"loket/flows/place"
)

// TestDemoHasAPage opens the demo without a flag: a phone finds the code that is
// shown at the address that is told.
func TestDemoHasAPage(t *testing.T) {
	o := open(t, "kiosk", "--plain")
	host := o.err.has(t, `The NN App page is at http://(localhost:\d+)\.`)
	code := asksPhone(t, o.in, o.out)
	o.out.has(t, host)
	if state, _ := asked(t, host, host, "/"+code); state != string(phone.Asked) {
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

// TestDemoHasNoPage: a demo without one opens all the same.
func TestDemoHasNoPage(t *testing.T) {
	page := unreachable()
	page.serve(t.Context(), nil, nil, func(said string) { t.Errorf("said %q", said) })()
	d := desk.Desk{App: page.App}
	if text := flows.For(&d, place.LogInWithApp); text.EN != "Not possible in this demo" {
		t.Errorf("the menu says %q", text.EN)
	}
}

// TestDemoOverSSH: who came to the machine by SSH has no browser on it, unless it is
// said how phones come.
func TestDemoOverSSH(t *testing.T) {
	t.Setenv("SSH_CONNECTION", "192.0.2.7 50022 192.0.2.1 22")
	log := slog.New(slog.DiscardHandler)
	page, err := Phones{}.openForDemo(t.Context(), log)
	if err != nil || len(page.on) > 0 {
		t.Errorf("%d listen, %v", len(page.on), err)
	}
	d := desk.Desk{App: page.App}
	if text := flows.For(&d, place.LogInWithApp); text.EN != "Not possible in this demo" {
		t.Errorf("the menu says %q", text.EN)
	}
	told, err := Phones{Listen: "0"}.openForDemo(t.Context(), log)
	if err != nil {
		t.Fatal(err)
	}
	defer told.close()
	if len(told.on) == 0 || told.URL().String() != told.here() {
		t.Errorf("%d listen for %s", len(told.on), told.URL())
	}
}

// TestPageOfDesk: at a desk for real customers phones come if that was asked for.
func TestPageOfDesk(t *testing.T) {
	const page = "app.example.org"
	d := inhabited(t)
	for _, args := range [][]string{{"--app-listen", "0", "--app-url", "https://" + page}, nil} {
		o := open(t, append([]string{"kiosk", "--plain", "--db", d.DB, "--spool", t.TempDir()}, args...)...)
		if args == nil {
			if o.out.has(t, `(?s)1\. (.*) Service en contact`); strings.Contains(string(o.out.text), "NN App") {
				t.Errorf("phones may come to\n%s", o.out.text)
			}
			continue
		}
		at := o.err.has(t, `The NN App page is at https://app\.example\.org, and is served at (127\.0\.0\.1:\d+)\.`)
		if state, _ := asked(t, at, page, "/"+asksPhone(t, o.in, o.out)); state != string(phone.Asked) {
			t.Errorf("the page of the code is %q", state)
		}
		o.stop()
	}
}

// TestPageOfEachVisitor: of visitors over SSH each has a code of their own, by which
// a phone comes to their desk and to nobody else's.
func TestPageOfEachVisitor(t *testing.T) {
	const host = "app.example.org"
	o := open(t, "serve", "--listen", "127.0.0.1:0", "--state", t.TempDir(), "--app-listen", "0", "--app-url", "https://"+host)
	page := o.err.has(t, `The NN App page is at https://app\.example\.org, and is served at (127\.0\.0\.1:\d+)\.`)
	at := o.err.has(t, `Open on (\S+),`)
	anna, bert := visit(t, at), visit(t, at)
	hers, his := asksPhone(t, anna.typed, anna.seen), asksPhone(t, bert.typed, bert.seen)
	state, form := asked(t, page, host, "/"+hers)
	token := regexp.MustCompile(`name="token" value="([^"]+)"`).FindStringSubmatch(form)
	if state != string(phone.Asked) || token == nil {
		t.Fatalf("the page of her code is %q\n%s", state, form)
	}
	refusal := url.Values{"token": {token[1]}, "number": {"no"}}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+page+"/"+hers, strings.NewReader(refusal.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if state, text := answered(t, r, host); state != string(phone.Declined) {
		t.Fatalf("a refusal leads to %q\n%s", state, text)
	}
	anna.seen.has(t, "Niet ingelogd")
	if state, _ := asked(t, page, host, "/"+his); state != string(phone.Asked) {
		t.Errorf("the page of his code is %q", state)
	}
	bert.leave()
	for code, want := range map[string]string{hers: string(phone.Over), his: "unknown code"} {
		if state, _ := asked(t, page, host, "/"+code); state != want {
			t.Errorf("the page is %q, not %q", state, want)
		}
	}
}

// TestVisitorsHaveNoPage: without an address for their phones the menu says so.
func TestVisitorsHaveNoPage(t *testing.T) {
	o := open(t, "serve", "--listen", "127.0.0.1:0", "--state", t.TempDir())
	anna := visit(t, o.err.has(t, `Open on (\S+),`))
	anna.seen.has(t, `Inloggen met de NN App\. Kan niet in deze demo`)
	if _, err := io.WriteString(anna.typed, anna.seen.has(t, logInWithApp)+"\n"); err != nil {
		t.Fatal(err)
	}
	anna.seen.has(t, "Deze demo heeft geen adres waar je telefoon bij kan")
}

// TestListenHere: on this machine nobody else may have the port, at either of the
// numbers of localhost.
func TestListenHere(t *testing.T) {
	all, err := listen(t.Context(), localhost, "0")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range all {
		defer l.Close()
	}
	port := portOf(all[0])
	for _, l := range all[1:] {
		if portOf(l) != port {
			t.Errorf("port %s at %s", port, l.Addr())
		}
	}
	if _, err := listen(t.Context(), localhost, port); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("a port that is taken: %v", err)
	}
	six, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Skip("this machine has no IPv6")
	}
	defer six.Close()
	if _, err := listen(t.Context(), localhost, portOf(six)); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("a port that is taken at ::1: %v", err)
	}
}

// TestPortIsTaken: a demo takes another one, and a desk that was told which does not
// open.
func TestPortIsTaken(t *testing.T) {
	t.Setenv("SSH_CONNECTION", "")
	log := slog.New(slog.DiscardHandler)
	first, err := Phones{}.openForDemo(t.Context(), log)
	if err != nil {
		t.Fatal(err)
	}
	defer first.close()
	second, err := Phones{}.openForDemo(t.Context(), log)
	if err != nil {
		t.Fatal(err)
	}
	defer second.close()
	if first.URL().Host == second.URL().Host || second.URL().Host != "localhost:"+portOf(second.on[0]) {
		t.Errorf("pages at %s and %s", first.URL(), second.URL())
	}
	if _, err := (Phones{Listen: portOf(first.on[0])}).open(t.Context(), log); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("a port that is taken: %v", err)
	}
}
