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

// newPhoneAccess returns the address of the page for a code. Its scheme and host are in capitals, which are case-insensitive and make
// a smaller QR code (RFC 3986, 6.2.2.1).
func newPhoneAccess(a *desk.App, code string) flow.PhoneAccess {
	page := a.URL()
	origin := page.Scheme + "://" + page.Host
	if page.Path == "" {
		origin = strings.ToUpper(origin)
	}
	return flow.PhoneAccess{URL: origin + page.Path + "/" + code, Address: page.Host + page.Path, Code: code}
}

// codeLength is the number of letters in a code. Eight letters have 34 bits. This is enough because a code works for minutes
// only, and gives no access without a key.
const codeLength = 8

// ParseCode parses the code of a challenge, and ignores its case and grouping.
func ParseCode(typed string) (code string, ok bool) { return desk.ParseLetters(typed, codeLength) }

// A challenge is a random question of a terminal that a phone answers with its key.
type challenge struct {
	visit  *flow.Visit
	code   string
	record store.Challenge
	lasts  time.Duration // lasts is how long the desk waits for a phone, unless the visitor chose more time.
	isSlow bool          // isSlow reports whether record expires later, because the visitor chose more time.
}

// drawChallenge fills c with a new random challenge.
func (c *challenge) drawChallenge(purpose store.Purpose) (err error) {
	c.record = store.Challenge{Purpose: purpose, Terminal: c.visit.Terminal, Visit: c.visit.ID}
	if c.code, err = desk.RandomLetters(c.visit.Random, codeLength); err != nil {
		return fmt.Errorf("draw the code of a challenge: %w", err)
	}
	if c.record.Nonce, err = c.visit.RandomBytes("nonce", passkey.NonceSize); err != nil {
		return err
	}
	c.record.Number, c.record.Choices, err = drawChoices(c.visit.Desk)
	if purpose == store.PurposePair { // To pair a phone, the phone shows the number and the customer types it at the terminal.
		c.record.Choices = nil
	}
	return err
}

// errCodeTaken means that another challenge has the same random code, which hardly ever happens.
var errCodeTaken = errors.New("the code of a challenge was drawn twice")

// putChallenge stores the challenge, so that a phone can answer it.
func (c *challenge) putChallenge(tx *store.Tx, lasts time.Duration) error {
	if _, taken := tx.Challenge(c.code); taken {
		return errCodeTaken
	}
	c.lasts, c.isSlow, c.record.Expires = lasts, c.visit.IsSlow, tx.Now.Add(c.visit.Extend(lasts))
	tx.PutChallenge(c.code, c.record)
	return nil
}

// isExtendable reports whether the visitor chose more time while the desk waited for a phone.
func (c *challenge) isExtendable() bool { return c.visit.IsSlow && !c.isSlow }

// extend makes the challenge last longer, if the visitor chose more time while the desk waited for a phone.
func (c *challenge) extend(tx *store.Tx, stored store.Challenge) {
	stored.Expires = c.expiry()
	tx.PutChallenge(c.code, stored)
}

// expiry returns the time until which the desk waits for a phone. If the challenge can be extended, that is the time after
// its extension.
func (c *challenge) expiry() time.Time {
	if c.isExtendable() {
		return c.record.Expires.Add((desk.SlowFactor - 1) * c.lasts)
	}
	return c.record.Expires
}

// pendingEdge returns the edge that leads from a step that waits for a phone to itself.
func (c *challenge) pendingEdge(step flow.State) flow.Edge {
	return flow.Edge{To: step, OnCommit: func() {
		if c.isExtendable() {
			c.record.Expires, c.isSlow = c.expiry(), true
			c.announceChallenge()
		}
	}}
}

// announceChallenge passes the code of the challenge to the app. It is called after the commit.
func (c *challenge) announceChallenge() {
	if tell := c.visit.App.OnChallenge; tell != nil {
		tell(c.visit.Desk, c.code, c.record.Expires)
	}
}

// isPending reports whether the phone has yet to answer the challenge.
func (c *challenge) isPending(tx *store.Tx) bool {
	_, outcome := c.checkAnswer(tx)
	return outcome == flow.OutcomePending
}

// Outcomes of a challenge.
const (
	outcomeApproved       flow.Outcome = "approved"
	outcomeDeclined       flow.Outcome = "declined"
	outcomeInvalidAnswers flow.Outcome = "answers that showed nothing"
	outcomeWrongNumber    flow.Outcome = "wrong number"
	outcomeExpired        flow.Outcome = "expired"
)

// outcomeByAnswer maps the answer of a phone to the outcome at the terminal.
var outcomeByAnswer = map[store.Answer]flow.Outcome{
	store.AnswerApproved: outcomeApproved, store.AnswerDeclined: outcomeDeclined, store.AnswerWrongNumber: outcomeWrongNumber, store.AnswerInvalid: outcomeInvalidAnswers,
}

// checkAnswer returns the stored challenge and the outcome of its answer. Only the visit and terminal that made the challenge
// get the answer, and an approval can be used once. An answer that was in time remains valid even if the terminal reads it
// later.
func (c *challenge) checkAnswer(tx *store.Tx) (store.Challenge, flow.Outcome) {
	stored, _ := tx.Challenge(c.code)
	outcome, answered := outcomeByAnswer[stored.Answer]
	switch {
	case stored.Terminal != c.visit.Terminal || stored.Visit != c.visit.ID:
		return stored, outcomeExpired
	case answered:
		return stored, outcome
	case stored.IsUnanswered(tx.Now):
		return stored, flow.OutcomePending
	}
	return stored, outcomeExpired
}

// withdrawChallenge marks the challenge as withdrawn. After that no answer can be used, even an approval that has arrived
// already.
func (c *challenge) withdrawChallenge(tx *store.Tx) {
	stored, outcome := c.checkAnswer(tx)
	if outcome == flow.OutcomePending || outcome == outcomeApproved {
		stored.Answer = store.AnswerWithdrawn
		tx.PutChallenge(c.code, stored)
	}
}

// phoneAccess returns what a visitor needs to open the page on their phone: the address and the code.
func (c *challenge) phoneAccess() flow.PhoneAccess {
	if !c.visit.App.IsReachable() {
		return flow.PhoneAccess{}
	}
	s := newPhoneAccess(c.visit.App, c.code)
	if s.Until = c.expiry(); c.record.Purpose == store.PurposeLogIn {
		s.MatchNumber = c.record.Number
	}
	return s
}

// choiceCount is the number of numbers that a phone offers to choose from.
const choiceCount = 3

// drawChoices returns random numbers of two digits to choose from, and picks one of them as the right one. No two numbers
// share a digit, so that nobody confuses them.
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

// passkeyOwner returns the owner of an account in the form that phones get. Its name shows only part of the username, because
// a stranger who reads a code off a screen can see it: enough for owners to tell their accounts apart, but too little to log
// in with.
func passkeyOwner(a store.Account) passkey.Owner {
	o := passkey.Owner{Handle: a.UserHandle, Name: maskName(a.Username)}
	for _, k := range a.Passkeys {
		o.Keys = append(o.Keys, passkey.Key{ID: k.ID, Public: k.PublicKey, Counter: k.Counter, Syncable: k.Syncable, Transports: k.Transports})
	}
	return o
}

// maskName returns the first two letters and the last two letters of a name, as in "an…an". If the name is shorter than eight
// letters, it returns the first letter only.
func maskName(name string) string {
	const long, shown = 8, 2
	letters := []rune(name)
	if len(letters) < long {
		return string(letters[:min(len(letters), 1)]) + "…"
	}
	return string(letters[:shown]) + "…" + string(letters[len(letters)-shown:])
}

// outcomePhoneCalled means that the challenge is stored and waits for a phone.
const outcomePhoneCalled flow.Outcome = "phone called"

// stateUnreachable is the last step of a flow that needs a phone at a desk that phones cannot reach.
const stateUnreachable flow.State = "out of reach"

// startIfReachable returns the first step of a flow that needs a phone. The step is start, or stateUnreachable if phones
// cannot reach the desk.
func startIfReachable(v *flow.Visit, start flow.State) flow.State {
	if !v.App.IsReachable() {
		return stateUnreachable
	}
	return start
}

func unreachableEnd(offers ...place.ID) flow.Step {
	return flow.Step{
		Title: text.NewFunc("Dat kan hier niet met je telefoon", "Your phone cannot be used here"),
		Body: text.NewFunc(
			"Je telefoon kan deze demo niet bereiken. Dat is meestal zo als je via SSH kijkt. Wil je dit proberen? Start dan loket op je eigen computer.",
			"Your phone cannot reach this demo. That is usually so over SSH. Do you want to try this? Then start loket on your own computer."),
		Offers: offers,
	}
}

// pollInterval is how often a terminal checks whether a phone has answered.
const pollInterval = 500 * time.Millisecond
