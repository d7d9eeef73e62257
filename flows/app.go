package flows

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"loket/flows/passkey"
	"loket/store"
)

// App is how phones come to the desk: by a page that stands in for the NN App
// (L2). The zero value is one that no phone can reach, of which the menus say so.
type App struct {
	url   *url.URL
	party *passkey.Party

	// Announce is told of every code that a phone may come with until then; may be nil.
	Announce func(d *Desk, code string, until time.Time)
}

// NewApp gives an app whose page is at an address. As no phone makes keys for
// others, that is https:// with a host name, or http://localhost.
func NewApp(address string) (*App, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil, u.Hostname() == "" || u.Opaque != "" || strings.ContainsAny(address, "?#@") || !plainPath(u):
		return nil, fmt.Errorf("%q is no address such as https://app.example.org", address)
	case u.Scheme != "https" && (u.Scheme != "http" || u.Hostname() != localhost):
		return nil, fmt.Errorf("%s: phones make keys for https:// alone, and for http://localhost", address)
	case net.ParseIP(u.Hostname()) != nil:
		return nil, fmt.Errorf("%s: phones make keys for names, and not for numbers", address)
	}
	u.Host, u.Path = strings.ToLower(u.Host), strings.TrimRight(u.Path, "/")
	party, err := passkey.NewParty(u)
	if err != nil {
		return nil, err
	}
	return &App{url: u, party: party}, nil
}

// plainPath tells whether a path has nothing in it that is written in several ways, or
// leads elsewhere.
func plainPath(u *url.URL) bool {
	const plain = lettersAndDigits + "-_./"
	return strings.Trim(u.EscapedPath(), plain) == "" && path.Clean("/"+u.Path) == "/"+strings.TrimRight(strings.TrimPrefix(u.Path, "/"), "/")
}

// localhost is the name of this machine for programs on it.
const localhost = "localhost"

// URL is where the page is, without a slash at the end.
func (a *App) URL() *url.URL {
	u := *a.url
	return &u
}

// OnlyHere tells whether no phone can come but a browser on this machine.
func (a *App) OnlyHere() bool { return a.url.Hostname() == localhost }

// reachable tells whether phones can come.
func (a *App) reachable() bool { return a != nil && a.url != nil }

// A Scan is what a visitor needs to come to the desk with their phone.
type Scan struct {
	URL     string // for a QR code
	Address string // to type
	Code    string // to type there
	Number  string // to find again on the phone; none if it is the phone that shows one
	Until   time.Time
}

// scanOf is how to come with a code. In capitals a QR code takes less room; scheme
// and host name mean the same in them (RFC 3986, 6.2.2.1).
func scanOf(a *App, code string) Scan {
	origin := a.url.Scheme + "://" + a.url.Host
	if a.url.Path == "" {
		origin = strings.ToUpper(origin)
	}
	return Scan{URL: origin + a.url.Path + "/" + code, Address: a.url.Host + a.url.Path, Code: code}
}

// codeLength is how long a code is: eight letters are 34 bits, which live for
// minutes and by themselves open nothing.
const codeLength = 8

// ParseCode reads the code of a challenge however it is typed.
func ParseCode(typed string) (code string, ok bool) { return lettersOf(typed, codeLength) }

// challenge is what a visitor waits for a phone to answer.
type challenge struct {
	visit *Visit
	code  string
	drawn store.Challenge
}

// draw makes up a challenge.
func (c *challenge) draw(purpose store.Purpose) (err error) {
	c.drawn = store.Challenge{Purpose: purpose, Terminal: c.visit.Terminal, Visit: c.visit.ID}
	if c.code, err = drawLetters(c.visit.Random, codeLength); err != nil {
		return fmt.Errorf("draw the code of a challenge: %w", err)
	}
	if c.drawn.Nonce, err = c.visit.drawBytes("nonce", passkey.NonceSize); err != nil {
		return err
	}
	c.drawn.Number, c.drawn.Choices, err = drawChoices(c.visit.Desk)
	if purpose == store.ToPair { // it is the phone that shows the number
		c.drawn.Choices = nil
	}
	return err
}

// errCodeTaken says that a code is that of another challenge, as hardly ever happens.
var errCodeTaken = errors.New("the code of a challenge was drawn twice")

// ask puts the challenge to whatever phone comes.
func (c *challenge) ask(tx *store.Tx, lasts time.Duration) error {
	if _, taken := tx.Challenge(c.code); taken {
		return errCodeTaken
	}
	c.drawn.Expires = tx.Now.Add(lasts)
	tx.PutChallenge(c.code, c.drawn)
	return nil
}

// announce tells the app of it, once it is committed.
func (c *challenge) announce() {
	if tell := c.visit.App.Announce; tell != nil {
		tell(c.visit.Desk, c.code, c.drawn.Expires)
	}
}

// waits tells whether the answer is still to come.
func (c *challenge) waits(tx *store.Tx) bool {
	_, outcome := c.look(tx)
	return outcome == pending
}

// Outcomes of a challenge.
const (
	pending     Outcome = "waiting"
	approved    Outcome = "approved"
	declined    Outcome = "declined"
	worthless   Outcome = "answers that showed nothing"
	wrongNumber Outcome = "wrong number"
)

// cameOf is the outcome that an answer is for the visitor who waits.
var cameOf = map[store.Answer]Outcome{
	store.Approved: approved, store.Declined: declined, store.WrongNumber: wrongNumber, store.Worthless: worthless,
}

// look looks at what came of the challenge. It is this visit's at this terminal
// alone, and approved once. An answer that came in time counts, however late the
// terminal looks.
func (c *challenge) look(tx *store.Tx) (store.Challenge, Outcome) {
	is, _ := tx.Challenge(c.code)
	outcome, answered := cameOf[is.Answer]
	switch {
	case is.Terminal != c.visit.Terminal || is.Visit != c.visit.ID:
		return is, expired
	case answered:
		return is, outcome
	case is.Open(tx.Now):
		return is, pending
	}
	return is, expired
}

// withdraw has nobody wait for an answer any more, or use the one that came.
func (c *challenge) withdraw(tx *store.Tx) {
	is, outcome := c.look(tx)
	if outcome == pending || outcome == approved {
		is.Answer = store.Withdrawn
		tx.PutChallenge(c.code, is)
	}
}

// scan is what the visitor needs to come with their phone.
func (c *challenge) scan() Scan {
	if !c.visit.App.reachable() {
		return Scan{}
	}
	s := scanOf(c.visit.App, c.code)
	if s.Until = c.drawn.Expires; c.drawn.Purpose == store.ToLogIn {
		s.Number = c.drawn.Number
	}
	return s
}

// drawBytes draws so many bytes.
func (d *Desk) drawBytes(what string, count int) ([]byte, error) {
	drawn := make([]byte, count)
	if _, err := io.ReadFull(d.Random, drawn); err != nil {
		return nil, fmt.Errorf("draw %s: %w", what, err)
	}
	return drawn, nil
}

// choicesOf is among how many numbers a phone is to find the right one.
const choicesOf = 3

// drawChoices draws a number of two digits, and some to find it among. No two of them
// have a digit in common, so that nobody takes one for another.
func drawChoices(d *Desk) (number string, choices []string, err error) {
	for len(choices) < choicesOf {
		n, err := rand.Int(d.Random, big.NewInt(90))
		if err != nil {
			return "", nil, fmt.Errorf("draw number: %w", err)
		}
		next := fmt.Sprint(10 + n.Int64())
		if !slices.ContainsFunc(choices, func(c string) bool { return strings.ContainsAny(c, next) }) {
			choices = append(choices, next)
		}
	}
	n, err := rand.Int(d.Random, big.NewInt(choicesOf))
	if err != nil {
		return "", nil, fmt.Errorf("draw number: %w", err)
	}
	return choices[n.Int64()], choices, nil
}

// ownerOf is who has an account, as phones know them. Whoever reads a code off a
// screen can see the name: so it is enough of the username for its owner to tell
// their accounts apart, and too little to log in with.
func ownerOf(a store.Account) passkey.Owner {
	o := passkey.Owner{Handle: a.Handle, Name: masked(a.Username)}
	for _, k := range a.Passkeys {
		o.Keys = append(o.Keys, passkey.Key{ID: k.ID, Public: k.Public, Counter: k.Counter, Syncable: k.Syncable, Reached: k.Reached})
	}
	return o
}

// masked is the beginning of a name and, if it is long, its end: an…an.
func masked(name string) string {
	const long, shown = 8, 2
	letters := []rune(name)
	if len(letters) < long {
		return string(letters[:min(len(letters), 1)]) + "…"
	}
	return string(letters[:shown]) + "…" + string(letters[len(letters)-shown:])
}
