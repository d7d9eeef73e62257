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
func newScan(a *desk.App, code string) flow.PhoneAccess {
	page := a.URL()
	origin := page.Scheme + "://" + page.Host
	if page.Path == "" {
		origin = strings.ToUpper(origin)
	}
	return flow.PhoneAccess{URL: origin + page.Path + "/" + code, Address: page.Host + page.Path, Code: code}
}

// codeLength is the length of a code. Eight letters are 34 bits. A code lasts for minutes, and
// opens nothing without a key.
const codeLength = 8

// ParseCode reads the code of a challenge, whatever its case and grouping.
func ParseCode(typed string) (code string, ok bool) { return desk.ParseLetters(typed, codeLength) }

// challenge is a challenge at a terminal, which waits for a phone to answer it.
type challenge struct {
	visit  *flow.Visit
	code   string
	record store.Challenge
	lasts  time.Duration // how long the desk waits for a phone, unless the visitor chose more time
	isSlow bool          // the visitor had chosen more time when record was stored
}

// drawChallenge draws a new challenge.
func (c *challenge) drawChallenge(purpose store.Purpose) (err error) {
	c.record = store.Challenge{Purpose: purpose, Terminal: c.visit.Terminal, Visit: c.visit.ID}
	if c.code, err = desk.RandomLetters(c.visit.Random, codeLength); err != nil {
		return fmt.Errorf("draw the code of a challenge: %w", err)
	}
	if c.record.Nonce, err = c.visit.RandomBytes("nonce", passkey.NonceSize); err != nil {
		return err
	}
	c.record.Number, c.record.Choices, err = drawChoices(c.visit.Desk)
	if purpose == store.PurposePair { // it is the phone that shows the number
		c.record.Choices = nil
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
	c.lasts, c.isSlow, c.record.Expires = lasts, c.visit.IsSlow, tx.Now.Add(c.visit.Extend(lasts))
	tx.PutChallenge(c.code, c.record)
	return nil
}

// isExtendable reports whether the visitor chose more time while the desk waited for a phone.
func (c *challenge) isExtendable() bool { return c.visit.IsSlow && !c.isSlow }

// extend has the desk wait longer for a phone, if the visitor chose more time meanwhile.
func (c *challenge) extend(tx *store.Tx, stored store.Challenge) {
	stored.Expires = c.expiry()
	tx.PutChallenge(c.code, stored)
}

// expiry returns until when the desk waits for a phone. It is later than what was stored if the
// challenge is still to be extended.
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

// announceChallenge passes the code to the app, after the commit.
func (c *challenge) announceChallenge() {
	if tell := c.visit.App.OnChallenge; tell != nil {
		tell(c.visit.Desk, c.code, c.record.Expires)
	}
}

// isPending reports whether the answer is still to come.
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

// outcomeByAnswer has the outcomes of answers for the visitor at the terminal.
var outcomeByAnswer = map[store.Answer]flow.Outcome{
	store.AnswerApproved: outcomeApproved, store.AnswerDeclined: outcomeDeclined, store.AnswerWrongNumber: outcomeWrongNumber, store.AnswerInvalid: outcomeInvalidAnswers,
}

// checkAnswer returns the challenge, and the outcome of its answer. Only the visit and terminal
// that put the challenge get an answer, and an approval counts once. An answer that came in time
// counts, however late the terminal reads it.
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

// withdrawChallenge marks the challenge as withdrawn. No answer, and no approval that came
// already, can be used after that.
func (c *challenge) withdrawChallenge(tx *store.Tx) {
	stored, outcome := c.checkAnswer(tx)
	if outcome == flow.OutcomePending || outcome == outcomeApproved {
		stored.Answer = store.AnswerWithdrawn
		tx.PutChallenge(c.code, stored)
	}
}

// scan returns what the visitor needs to open the page on their phone.
func (c *challenge) scan() flow.PhoneAccess {
	if !c.visit.App.IsReachable() {
		return flow.PhoneAccess{}
	}
	s := newScan(c.visit.App, c.code)
	if s.Until = c.expiry(); c.record.Purpose == store.PurposeLogIn {
		s.MatchNumber = c.record.Number
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
	o := passkey.Owner{Handle: a.UserHandle, Name: maskName(a.Username)}
	for _, k := range a.Passkeys {
		o.Keys = append(o.Keys, passkey.Key{ID: k.ID, Public: k.PublicKey, Counter: k.Counter, Syncable: k.Syncable, Transports: k.Transports})
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

// outcomePhoneCalled is the outcome that the challenge is stored, and waits for a phone.
const outcomePhoneCalled flow.Outcome = "phone called"

// stateUnreachable is the end of a flow that needs a phone, at a desk that phones cannot reach.
const stateUnreachable flow.State = "out of reach"

// startIfReachable returns the first step of a flow that needs a phone: start, or the end for a
// desk that phones cannot reach.
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
