// Package phone tests pairing a phone and logging in with it, in a browser and on a terminal.
package phone

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"loket/ui/command/audit"
	"loket/ui/command/listing"
	"loket/ui/e2e/driver"
)

// TestPhone pairs a phone and logs in with it, with the program on a terminal and passkeys in a browser. Like a person, it
// uses only the screen and the page. At the end it looks for each scenario in the audit log, in the order of the table.
func TestPhone(t *testing.T) {
	const (
		asked = "log in with app: phone called"
		says  = "approve on phone: "
		is    = "log in with app: "
	)
	in := []string{asked, says + "approved K1", is + "approved K1"}
	h := withPhone(t)
	h.kiosk()
	for _, scenario := range []struct {
		name string
		do   func(*holder)
		told []string
	}{
		{"pair", (*holder).pairs, []string{
			"log in: right K1", "pair phone: phone called K1", "register on phone: passkey made K1", "pair phone: passkey made K1", "pair phone: phone paired K1",
		}},
		{"log in", (*holder).logsIn, in},
		{"code on the screen", (*holder).scans, in},
		{"refuse", (*holder).refuses, []string{asked, says + "declined", is + "declined"}},
		{"wrong number", (*holder).mistakes, []string{asked, says + "wrong number K1", is + "wrong number K1"}},
		{"replay", (*holder).replays, slices.Concat(in, []string{
			says + "answered already K1", asked, says + "answer to another challenge K1", says + "answer to another challenge K1",
		}, in[1:])},
		{"copied key", (*holder).isCopied, slices.Concat(in, []string{asked, says + "counter of the key went back K1"}, in[1:])},
		{"other address", (*holder).strays, in},
		{"no passkeys", (*holder).isOld, []string{asked, says + "declined", is + "declined"}},
		{"expire", (*holder).dawdles, []string{asked, is + "expired", says + "expired K1"}},
		{"removed phone", (*holder).removes, slices.Concat(in, []string{"paired phones: has phones K1", "paired phones: phone removed K1", asked, says + "phone not paired any more K1", "log in with app: visitor left"})},
	} {
		if !h.run(scenario.name, scenario.do, scenario.told...) {
			return // The next scenario needs the state in which this one should have ended.
		}
	}
	h.phone.untroubled()
	h.desk.closes()
	h.audits()
	h.outbox()
	h.wasQuick()
}

// pairs logs in with a password, and pairs the phone by typing the code that the terminal shows.
func (h *holder) pairs() {
	h.goes("Inloggen")
	h.desk.sees("Wachtwoord vergeten")
	h.types(phoneOwner, phonePassword)
	h.isIn()
	h.desk.Type("\x1b")
	h.goes("Gegevens en Instellingen", "Toegang en beveiliging", "Telefoon koppelen")
	h.desk.sees("Je huidige wachtwoord")
	h.types(phonePassword)
	h.desk.sees("Pak de telefoon die je wilt koppelen")
	h.address = h.desk.reads(`Adres +(\S+)`)
	h.phone.opens("http://" + h.address)
	h.phone.at("code")
	h.phone.does(chromedp.SendKeys(chromedp.CSS("#code"), strings.ToLower(h.desk.reads(`Letters +(\S{4}-\S{4})`))))
	h.phone.presses("#go")
	h.phone.at("ask phone")
	h.phone.presses("#pair")
	h.phone.at("registered")
	shown := regexp.MustCompile(`\d\d$`).FindString(h.phone.reads("#shown"))
	h.desk.sees("Is dit jouw telefoon?")
	h.types(shown, phoneName)
	h.desk.sees("Je telefoon is gekoppeld")
	h.goes("Mijn producten")
	h.isIn()
	h.leaves()
}

func (h *holder) logsIn() {
	a := h.tries()
	h.comes(a.url(), &a)
	h.approves(a)
	h.leaves()
}

// scans reads the QR code on the screen as a camera does, on a dark and on a light terminal, and opens its address.
func (h *holder) scans() {
	zbarimg := needs(h.T, "zbar-tools", "zbarimg")
	a := h.tries()
	var read string
	for _, l := range looks {
		h.desk.looks("a QR code, "+l.name, func(string) bool {
			read = scanned(h.T, zbarimg, h.desk.picture(l))
			return read != ""
		})
		if !strings.EqualFold(read, a.url()) {
			h.Errorf("%s: the code says %q, and the screen %q", l.name, read, a.url())
		}
	}
	h.comes(read, &a)
	h.approves(a)
	h.leaves()
}

func (h *holder) refuses() {
	a := h.tries()
	h.comes(a.url(), &a)
	h.phone.presses("#decline")
	h.phone.at("declined")
	h.desk.sees("Op de telefoon is dit geweigerd")
}

func (h *holder) mistakes() {
	a := h.tries()
	h.comes(a.url(), &a)
	h.picks(a.others[0])
	h.phone.at("wrong number")
	h.desk.sees("Op de telefoon is een ander getal gekozen")
}

// replays sends an earlier approval again, for the same attempt and for another attempt. The other attempt is then approved
// normally, which would fail if the replay had had an effect.
func (h *holder) replays() {
	a := h.tries()
	h.comes(a.url(), &a)
	h.approves(a)
	approval := h.phone.sent()
	h.sends(approval.to, approval.form, http.StatusGone)
	h.isIn()
	h.leaves()
	b := h.tries()
	h.comes(b.url(), &b)
	h.sends(b.url(), approval.form, http.StatusForbidden)
	stolen := url.Values{}
	for name, values := range approval.form {
		stolen[name] = values
	}
	stolen.Set("number", b.number)
	stolen.Set("token", asks(h.phone.tab, chromedp.Value(chromedp.CSS("input[name=token]"))))
	h.sends(b.url(), stolen, http.StatusForbidden)
	h.approves(b)
	h.leaves()
}

// isCopied signs with a copy of the passkey that was made before the passkey was last used.
func (h *holder) isCopied() {
	before := h.phone.passkey().SignCount
	h.logsIn()
	now := h.phone.passkey().SignCount
	if before >= now {
		h.Fatalf("the phone counts from %v to %v", before, now)
	}
	h.phone.counted(before)
	a := h.tries()
	h.comes(a.url(), &a)
	h.picks(a.number)
	h.phone.at("rejected")
	h.phone.counted(now)
	h.comes(a.url(), &a) // The attempt had no effect.
	h.approves(a)
	h.leaves()
}

// strays opens the page under another name of the same machine, where passkeys do not work.
func (h *holder) strays() {
	a := h.tries()
	stray := strings.Replace(a.url(), "localhost", "127.0.0.1", 1)
	answer, err := http.Get(stray)
	if err != nil {
		h.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusMisdirectedRequest {
		h.Errorf("GET %s: %s", stray, answer.Status)
	}
	h.phone.opens(stray)
	h.phone.at("refused")
	if says := h.phone.reads("h1"); says != "Dit is niet het goede adres" {
		h.Errorf("it says %q", says)
	}
	h.phone.presses("#right")
	h.finds(&a)
	h.approves(a)
	h.leaves()
}

// isOld opens the page in a browser without passkeys. Refusing does not need a passkey.
func (h *holder) isOld() {
	a := h.tries()
	old := h.phone.another()
	old.without("PublicKeyCredential")
	old.opens(a.url())
	old.at("ask phone")
	old.does(chromedp.WaitVisible(chromedp.CSS("#status[data-shows=unsupported]")))
	if says := old.reads("#status"); !strings.HasPrefix(says, "Deze browser kent geen toegangssleutels.") {
		h.Errorf("it says %q", says)
	}
	if may := asks(old, chromedp.Evaluate[int](`document.querySelectorAll("button.number:enabled").length`)); may != 0 {
		h.Errorf("%d numbers can be pressed", may)
	}
	old.presses("#decline")
	old.at("declined")
	h.desk.sees("Op de telefoon is dit geweigerd")
	old.untroubled()
}

// dawdles answers too late.
func (h *holder) dawdles() {
	h.desk.closes()
	h.kiosk("--set-app-log-in", "4s")
	a := h.tries()
	h.comes(a.url(), &a)
	h.desk.sees("Dit duurde te lang")
	h.picks(a.number)
	h.phone.at("over")
}

// removes uses a phone that is no longer paired. The page makes the phone forget its passkey.
func (h *holder) removes() {
	h.desk.closes()
	h.kiosk()
	a := h.tries()
	h.comes(a.url(), &a)
	h.approves(a)
	h.desk.Type("\x1b")
	h.goes("Gegevens en Instellingen", "Toegang en beveiliging", "Gekoppelde telefoons")
	h.desk.sees(phoneName)
	h.types(phonePassword) // The only phone is already chosen.
	h.desk.sees("De telefoon is verwijderd")
	h.goes("Mijn producten")
	h.isIn()
	h.leaves()
	a = h.tries()
	h.comes(a.url(), &a)
	h.picks(a.number)
	h.phone.at("phone removed")
	for late := time.Now().Add(driver.WaitLimit); h.phone.passkey() != nil; {
		if time.Now().After(late) {
			h.Fatal("the phone still has its passkey")
		}
	}
	h.comes(a.url(), &a)
	h.picks(a.number)
	h.phone.does(chromedp.WaitVisible(chromedp.CSS("#status[data-shows=cancelled]")))
	h.desk.sees(a.code)
}

// audits checks the entries of all scenarios in the audit log.
func (h *holder) audits() {
	var entries []audit.Entry
	operates(h.T, &entries, "audit list --json --limit 0 --db "+h.db)
	var told []string
	for _, e := range entries {
		if e.Flow != "operator" && e.Flow != "visit" {
			told = append(told, strings.TrimSpace(fmt.Sprintf("%s: %s %s", e.Flow, e.Outcome, e.Customer)))
		}
	}
	if diff := cmp.Diff(h.told, told); diff != "" {
		h.Errorf("audit log (-want +got):\n%s", diff)
	}
}

// outbox checks the messages that wait for the customer.
func (h *holder) outbox() {
	var waiting struct{ Messages []listing.ListedMessage }
	operates(h.T, &waiting, "outbox list --json --db "+h.db)
	var told []string
	for _, m := range waiting.Messages {
		told = append(told, fmt.Sprintf("%s %s %s %s", m.Channel, m.Template, m.Customer, m.State))
	}
	if diff := cmp.Diff([]string{"email phone_paired K1 waiting", "email phone_removed K1 waiting"}, told); diff != "" {
		h.Errorf("outbox (-want +got):\n%s", diff)
	}
}

// wasQuick checks how long the terminal usually took to continue. A busy machine may be slow now and then.
func (h *holder) wasQuick() {
	slices.Sort(h.took)
	h.Logf("from the press on the phone to the screen: %v", h.took)
	if median := h.took[len(h.took)/2]; median > time.Second {
		h.Errorf("the terminal goes on after %v", median)
	}
}
