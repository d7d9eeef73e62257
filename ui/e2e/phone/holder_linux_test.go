package phone

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"loket/flows/argon2id"
	"loket/ui/command"
	"loket/ui/e2e/driver"
	"loket/ui/exitcode"
)

// The customer who pairs a phone.
const (
	phoneOwner    = "anouktan"
	phonePassword = "Kruimeltje12"
	phoneName     = "Mijn Nokia"
)

// holder is a customer at a terminal with a phone in their hand.
type holder struct {
	*testing.T
	whole       *testing.T // whole is the test that lasts as long as the terminal and the phone.
	program, db string
	address     string // address is the address of the page, as the terminal shows it.
	desk        *display
	phone       *phone
	told        []string        // told are the entries that the audit log must have.
	took        []time.Duration // took has the times from a press on the phone until the terminal continued.
}

func withPhone(t *testing.T) *holder {
	t.Helper()
	chromium := needs(t, "chromium", "chromium", "chromium-browser", "google-chrome")
	return &holder{T: t, whole: t, program: driver.BuildProgram(t), db: ownedBy(t, phoneOwner, phonePassword), phone: opened(t, chromium).phone()}
}

// run runs a scenario as a subtest. told are the entries that it must leave in the audit log. It returns false if the scenario
// failed.
func (h *holder) run(name string, do func(*holder), told ...string) bool {
	defer h.within(h.whole)
	return h.whole.Run(name, func(t *testing.T) {
		h.within(t)
		do(h)
		h.told = append(h.told, told...) // Do not expect entries of a scenario that was skipped.
	})
}

// within makes failures be reported by the given test.
func (h *holder) within(t *testing.T) { h.T, h.desk.T, h.phone.T = t, t, t }

// ownedBy returns a database with a customer who has an account.
func ownedBy(t *testing.T, username, password string) (db string) {
	t.Helper()
	hash, err := argon2id.New().Hash(t.Context(), password)
	if err != nil {
		t.Fatal(err)
	}
	var lines bytes.Buffer
	for _, line := range []map[string]any{
		{
			"type": "customer", "id": "K1", "initials": "A.", "surname": "Tan", "birth_date": "1988-09-30", "street": "Molenwerf",
			"house_number": 7, "postcode": "3471 LW", "city": "Kamerik", "email": "anouk.tan@example.org", "language": "nl",
		},
		{"type": "product", "id": "P1", "kind": "savings", "name": "Internetsparen", "number": "NL03NNBA0200418736", "holders": []string{"K1"}, "since": "2019-05-01"},
		{"type": "account", "customer": "K1", "username": username, "password_hash": hash, "used": true},
	} {
		if err := json.NewEncoder(&lines).Encode(line); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "customers.jsonl")
	if err := os.WriteFile(file, lines.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	db = filepath.Join(t.TempDir(), "desk.db")
	operates(t, nil, "import --db "+db+" "+file)
	return db
}

// operates runs a command of an operator. If into is not nil, it decodes the JSON result of the command.
func operates(t *testing.T, into any, args string) {
	t.Helper()
	var out, err bytes.Buffer
	if code := command.Main(t.Context(), strings.Fields(args), nil, &out, &err); code != exitcode.Done {
		t.Fatalf("loket %s: %s", args, err.String())
	}
	if into != nil {
		if err := json.Unmarshal(out.Bytes(), into); err != nil {
			t.Fatal(err)
		}
	}
}

// kiosk opens the desk. Its page for phones keeps its address.
func (h *holder) kiosk(settings ...string) {
	h.Helper()
	if h.address == "" {
		h.address = "localhost:" + freePort(h.T)
	}
	_, port, _ := strings.Cut(h.address, ":")
	h.desk = onDisplay(h.whole, h.program, append([]string{
		"kiosk", "--db", h.db, "--terminal", "Utrecht", "--app-listen", port, "--app-url", "http://" + h.address,
	}, settings...)...)
	h.within(h.T)
	h.desk.sees("Waarmee kunnen we je helpen?")
}

// freePort returns a port on which nothing listens.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// types fills in the fields of a form.
func (h *holder) types(fields ...string) { h.desk.Type(strings.Join(fields, "\t") + "\r") }

// goes chooses items in menus, one after the other.
func (h *holder) goes(names ...string) {
	h.Helper()
	for _, name := range names {
		h.desk.chooses(name)
	}
}

// isIn checks that the customer is logged in, and logs out.
func (h *holder) isIn() {
	h.Helper()
	h.desk.sees("Internetsparen")
}

func (h *holder) leaves() {
	h.Helper()
	h.desk.Type("\x1b")
	h.goes("Uitloggen")
	h.desk.sees("Je bent uitgelogd.")
}

// An attempt is an attempt to log in with the phone, as the terminal shows it.
type attempt struct {
	address, code string
	number        string   // number is the number that the terminal shows.
	others        []string // others are the numbers that only the page shows.
}

func (a attempt) url() string { return "http://" + a.address + "/" + a.code }

// tries begins an attempt to log in.
func (h *holder) tries() (a attempt) {
	h.Helper()
	h.goes("Inloggen met de NN App")
	h.desk.sees("Pak je telefoon")
	a.address, a.code = h.desk.reads(`Adres +(\S+)`), h.desk.reads(`Letters +([A-Z]{4}-[A-Z]{4})`)
	return a
}

// comes opens an address on the phone, and looks for the number of the terminal on the page.
func (h *holder) comes(address string, a *attempt) {
	h.Helper()
	h.phone.opens(address)
	h.finds(a)
}

// finds looks for the number of the terminal on the page.
func (h *holder) finds(a *attempt) {
	h.Helper()
	h.phone.at("ask phone")
	all := asks(h.phone.tab, chromedp.Evaluate[[]string](`Array.from(document.querySelectorAll("button.number"), b => b.value)`))
	h.desk.looks(fmt.Sprintf("one of %q", all), func(string) bool {
		a.others = slices.DeleteFunc(slices.Clone(all), func(n string) bool { return h.desk.shows(n) })
		return len(all) == 3 && len(a.others) == 2
	})
	i := slices.IndexFunc(all, func(n string) bool { return !slices.Contains(a.others, n) })
	a.number = all[i]
}

// picks presses a number on the page.
func (h *holder) picks(n string) {
	h.Helper()
	h.phone.presses(fmt.Sprintf("button.number[value=%q]", n))
}

// approves presses the right number, and measures how long it takes until the terminal continues.
func (h *holder) approves(a attempt) {
	h.Helper()
	began := time.Now()
	h.picks(a.number)
	h.isIn()
	h.took = append(h.took, time.Since(began).Round(time.Millisecond))
	h.phone.at("approved")
}

// sends posts a form in the same way as its page does.
func (h *holder) sends(to string, form url.Values, want int) {
	h.Helper()
	request, err := http.NewRequestWithContext(h.Context(), http.MethodPost, to, strings.NewReader(form.Encode()))
	if err != nil {
		h.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", "http://"+h.address)
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		h.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != want {
		h.Errorf("POST %s: %s, want %d", to, answer.Status, want)
	}
}
