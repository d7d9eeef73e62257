package phone

import (
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/passkey"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// newScan returns the address of the page with a code. A QR code of capitals is smaller, and the
// case of scheme and host does not matter (RFC 3986, 6.2.2.1).
func newScan(a *desk.App, code string) flow.Scan {
	page := a.URL()
	origin := page.Scheme + "://" + page.Host
	if page.Path == "" {
		origin = strings.ToUpper(origin)
	}
	return flow.Scan{URL: origin + page.Path + "/" + code, Address: page.Host + page.Path, Code: code}
}

// codeLength is the length of a code. Eight letters are 34 bits. A code lasts for minutes, and
// opens nothing without a key.
const codeLength = 8

// ParseCode reads the code of a challenge, whatever its case and grouping.
func ParseCode(typed string) (code string, ok bool) { return desk.ParseLetters(typed, codeLength) }

// challenge is a challenge at a terminal, which waits for a phone to answer it.
type challenge struct {
	visit *flow.Visit
	code  string
	drawn store.Challenge
}

// drawRandom draws a new challenge.
func (c *challenge) drawRandom(purpose store.Purpose) (err error) {
	c.drawn = store.Challenge{Purpose: purpose, Terminal: c.visit.Terminal, Visit: c.visit.ID}
	if c.code, err = desk.RandomLetters(c.visit.Random, codeLength); err != nil {
		return fmt.Errorf("draw the code of a challenge: %w", err)
	}
	if c.drawn.Nonce, err = c.visit.RandomBytes("nonce", passkey.NonceSize); err != nil {
		return err
	}
	c.drawn.Number, c.drawn.Choices, err = drawChoices(c.visit.Desk)
	if purpose == store.PurposePair { // it is the phone that shows the number
		c.drawn.Choices = nil
	}
	return err
}

// errCodeTaken says that another challenge has the same code, which hardly ever happens.
var errCodeTaken = errors.New("the code of a challenge was drawn twice")

// putChallenge stores the challenge, so that a phone can answer it.
func (c *challenge) putChallenge(tx *store.Tx, lasts time.Duration) error {
	if _, taken := tx.Challenge(c.code); taken {
		return errCodeTaken
	}
	c.drawn.Expires = tx.Now.Add(lasts)
	tx.PutChallenge(c.code, c.drawn)
	return nil
}

// announce passes the code to the app, after the commit.
func (c *challenge) announce() {
	if tell := c.visit.App.Announce; tell != nil {
		tell(c.visit.Desk, c.code, c.drawn.Expires)
	}
}

// isPending reports whether the answer is still to come.
func (c *challenge) isPending(tx *store.Tx) bool {
	_, outcome := c.checkAnswer(tx)
	return outcome == flow.Pending
}

// Outcomes of a challenge.
const (
	approved         flow.Outcome = "approved"
	declined         flow.Outcome = "declined"
	tooManyInvalid   flow.Outcome = "answers that showed nothing"
	wrongNumber      flow.Outcome = "wrong number"
	challengeExpired flow.Outcome = "expired"
)

// outcomeByAnswer has the outcomes of answers for the visitor at the terminal.
var outcomeByAnswer = map[store.Answer]flow.Outcome{
	store.Approved: approved, store.Declined: declined, store.WrongNumber: wrongNumber, store.InvalidAnswers: tooManyInvalid,
}

// checkAnswer returns the challenge, and the outcome of its answer. Only the visit and terminal
// that put the challenge get an answer, and an approval counts once. An answer that came in time
// counts, however late the terminal reads it.
func (c *challenge) checkAnswer(tx *store.Tx) (store.Challenge, flow.Outcome) {
	stored, _ := tx.Challenge(c.code)
	outcome, answered := outcomeByAnswer[stored.Answer]
	switch {
	case stored.Terminal != c.visit.Terminal || stored.Visit != c.visit.ID:
		return stored, challengeExpired
	case answered:
		return stored, outcome
	case stored.IsUnanswered(tx.Now):
		return stored, flow.Pending
	}
	return stored, challengeExpired
}

// withdrawChallenge marks the challenge as withdrawn. No answer, and no approval that came
// already, can be used after that.
func (c *challenge) withdrawChallenge(tx *store.Tx) {
	stored, outcome := c.checkAnswer(tx)
	if outcome == flow.Pending || outcome == approved {
		stored.Answer = store.Withdrawn
		tx.PutChallenge(c.code, stored)
	}
}

// scan returns what the visitor needs to open the page on their phone.
func (c *challenge) scan() flow.Scan {
	if !c.visit.App.IsReachable() {
		return flow.Scan{}
	}
	s := newScan(c.visit.App, c.code)
	if s.Until = c.drawn.Expires; c.drawn.Purpose == store.PurposeLogIn {
		s.Number = c.drawn.Number
	}
	return s
}

// choiceCount is how many numbers a phone shows to choose from.
const choiceCount = 3

// drawChoices draws numbers of two digits to choose from, and chooses the right one. No two of
// them have a digit in common, so that nobody confuses them.
func drawChoices(d *desk.Desk) (number string, choices []string, err error) {
	for len(choices) < choiceCount {
		n, err := rand.Int(d.Random, big.NewInt(90))
		if err != nil {
			return "", nil, fmt.Errorf("draw number: %w", err)
		}
		next := fmt.Sprint(10 + n.Int64())
		if !slices.ContainsFunc(choices, func(c string) bool { return strings.ContainsAny(c, next) }) {
			choices = append(choices, next)
		}
	}
	n, err := rand.Int(d.Random, big.NewInt(choiceCount))
	if err != nil {
		return "", nil, fmt.Errorf("draw number: %w", err)
	}
	return choices[n.Int64()], choices, nil
}

// passkeyOwner returns the owner of an account, as phones know them. A stranger who reads a code
// off a screen can see the name. So it has enough of the username for owners to tell their
// accounts apart, and too little to log in with.
func passkeyOwner(a store.Account) passkey.Owner {
	o := passkey.Owner{Handle: a.Handle, Name: maskName(a.Username)}
	for _, k := range a.Passkeys {
		o.Keys = append(o.Keys, passkey.Key{ID: k.ID, Public: k.Public, Counter: k.Counter, Syncable: k.Syncable, Reached: k.Reached})
	}
	return o
}

// maskName returns the beginning of a name and, if the name is long, its end: "an…an".
func maskName(name string) string {
	const long, shown = 8, 2
	letters := []rune(name)
	if len(letters) < long {
		return string(letters[:min(len(letters), 1)]) + "…"
	}
	return string(letters[:shown]) + "…" + string(letters[len(letters)-shown:])
}

// phoneCalled is the outcome that the challenge is stored, and waits for a phone.
const phoneCalled flow.Outcome = "phone called"

// outOfReach is the end of a flow that needs a phone, at a desk that phones cannot reach.
const outOfReach flow.State = "out of reach"

// startIfReachable returns the first step of a flow that needs a phone: start, or the end for a
// desk that phones cannot reach.
func startIfReachable(v *flow.Visit, start flow.State) flow.State {
	if !v.App.IsReachable() {
		return outOfReach
	}
	return start
}

func outOfReachEnd(offers ...place.ID) flow.Step {
	return flow.Step{
		Title: text.Fixed("Dat kan hier niet met je telefoon", "Your phone cannot be used here"),
		Body: text.Fixed(
			"Je telefoon kan deze demo niet bereiken. Dat is meestal zo als je via SSH kijkt. Wil je dit proberen? Start dan loket op je eigen computer.",
			"Your phone cannot reach this demo. That is usually so over SSH. Do you want to try this? Then start loket on your own computer."),
		Offers: offers,
	}
}

// pollInterval is how often a terminal checks whether a phone has answered.
const pollInterval = 500 * time.Millisecond
