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
func newPhoneAccess(a *desk.PhoneApp, code string) flow.PhoneAccess {
	page := a.URL()
	origin := page.Scheme + "://" + page.Host
	if page.Path == "" {
		origin = strings.ToUpper(origin)
	}
	return flow.PhoneAccess{URL: origin + page.Path + "/" + code, Address: page.Host + page.Path, Code: code}
}

// challengeCodeLength is the number of letters in a code. Eight letters have 34 bits. This is enough because a code works for minutes
// only, and gives no access without a key.
const challengeCodeLength = 8

// ParseChallengeCode parses the code of a challenge, and ignores its case and grouping.
func ParseChallengeCode(typed string) (code string, ok bool) {
	return desk.ParseLetterCode(typed, challengeCodeLength)
}

// A phoneChallenge is a random question of a terminal that a phone answers with its key.
type phoneChallenge struct {
	visit  *flow.Visit
	code   string
	record store.Challenge
	lasts  time.Duration // lasts is how long the desk waits for a phone, unless the visitor chose more time.
	isSlow bool          // isSlow reports whether record expires later, because the visitor chose more time.
}

// generateChallenge fills c with a new random challenge.
func (c *phoneChallenge) generateChallenge(purpose store.ChallengePurpose) (err error) {
	c.record = store.Challenge{Purpose: purpose, Terminal: c.visit.Terminal, Visit: c.visit.ID}
	if c.code, err = desk.RandomLetterCode(c.visit.Random, challengeCodeLength); err != nil {
		return fmt.Errorf("draw the code of a challenge: %w", err)
	}
	if c.record.Nonce, err = c.visit.RandomBytes("nonce", passkey.NonceSize); err != nil {
		return err
	}
	c.record.Number, c.record.Choices, err = generateNumberChoices(c.visit.Desk)
	if purpose == store.PurposePair { // To pair a phone, the phone shows the number and the customer types it at the terminal.
		c.record.Choices = nil
	}
	return err
}

// errCodeTaken means that another challenge has the same random code, which hardly ever happens.
var errCodeTaken = errors.New("the code of a challenge was drawn twice")

// putChallenge stores the challenge, so that a phone can answer it.
func (c *phoneChallenge) putChallenge(tx *store.Tx, lasts time.Duration) error {
	if _, taken := tx.Challenge(c.code); taken {
		return errCodeTaken
	}
	c.lasts, c.isSlow, c.record.Expires = lasts, c.visit.IsSlow, tx.Now.Add(c.visit.ExtendTimeLimit(lasts))
	tx.PutChallenge(c.code, c.record)
	return nil
}

// isChallengeExtendable reports whether the visitor chose more time while the desk waited for a phone.
func (c *phoneChallenge) isChallengeExtendable() bool { return c.visit.IsSlow && !c.isSlow }

// extendChallenge makes the challenge last longer, if the visitor chose more time while the desk waited for a phone.
func (c *phoneChallenge) extendChallenge(tx *store.Tx, stored store.Challenge) {
	stored.Expires = c.challengeExpiry()
	tx.PutChallenge(c.code, stored)
}

// challengeExpiry returns the time until which the desk waits for a phone. If the challenge can be extended, that is the time after
// its extension.
func (c *phoneChallenge) challengeExpiry() time.Time {
	if c.isChallengeExtendable() {
		return c.record.Expires.Add((desk.SlowTimeFactor - 1) * c.lasts)
	}
	return c.record.Expires
}

// pendingEdge returns the edge that leads from a step that waits for a phone to itself.
func (c *phoneChallenge) pendingEdge(step flow.State) flow.Edge {
	return flow.Edge{To: step, OnCommit: func() {
		if c.isChallengeExtendable() {
			c.record.Expires, c.isSlow = c.challengeExpiry(), true
			c.announceChallenge()
		}
	}}
}

// announceChallenge passes the code of the challenge to the app. It is called after the commit.
func (c *phoneChallenge) announceChallenge() {
	if tell := c.visit.App.OnChallenge; tell != nil {
		tell(c.visit.Desk, c.code, c.record.Expires)
	}
}

// isAnswerPending reports whether the phone has yet to answer the challenge.
func (c *phoneChallenge) isAnswerPending(tx *store.Tx) bool {
	_, outcome := c.checkPhoneAnswer(tx)
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

// outcomeByPhoneAnswer maps the answer of a phone to the outcome at the terminal.
var outcomeByPhoneAnswer = map[store.ChallengeAnswer]flow.Outcome{
	store.AnswerApproved: outcomeApproved, store.AnswerDeclined: outcomeDeclined, store.AnswerWrongNumber: outcomeWrongNumber, store.AnswerInvalid: outcomeInvalidAnswers,
}

// checkPhoneAnswer returns the stored challenge and the outcome of its answer. Only the visit and terminal that made the challenge
// get the answer, and an approval can be used once. An answer that was in time remains valid even if the terminal reads it
// later.
func (c *phoneChallenge) checkPhoneAnswer(tx *store.Tx) (store.Challenge, flow.Outcome) {
	stored, _ := tx.Challenge(c.code)
	outcome, answered := outcomeByPhoneAnswer[stored.Answer]
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
func (c *phoneChallenge) withdrawChallenge(tx *store.Tx) {
	stored, outcome := c.checkPhoneAnswer(tx)
	if outcome == flow.OutcomePending || outcome == outcomeApproved {
		stored.Answer = store.AnswerWithdrawn
		tx.PutChallenge(c.code, stored)
	}
}

// challengePhoneAccess returns what a visitor needs to open the page on their phone: the address and the code.
func (c *phoneChallenge) challengePhoneAccess() flow.PhoneAccess {
	if !c.visit.App.IsReachable() {
		return flow.PhoneAccess{}
	}
	s := newPhoneAccess(c.visit.App, c.code)
	if s.Until = c.challengeExpiry(); c.record.Purpose == store.PurposeLogIn {
		s.MatchNumber = c.record.Number
	}
	return s
}

// choiceCount is the number of numbers that a phone offers to choose from.
const choiceCount = 3

// generateNumberChoices returns random numbers of two digits to choose from, and picks one of them as the right one. No two numbers
// share a digit, so that nobody confuses them.
func generateNumberChoices(d *desk.Desk) (number string, choices []string, err error) {
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

// newPasskeyOwner returns the owner of an account in the form that phones get. Its name shows only part of the username, because
// a stranger who reads a code off a screen can see it: enough for owners to tell their accounts apart, but too little to log
// in with.
func newPasskeyOwner(a store.Account) passkey.KeyOwner {
	o := passkey.KeyOwner{Handle: a.UserHandle, Name: maskUsername(a.Username)}
	for _, k := range a.Passkeys {
		o.Keys = append(o.Keys, passkey.StoredKey{ID: k.ID, Public: k.PublicKey, Counter: k.Counter, Syncable: k.Syncable, Transports: k.Transports})
	}
	return o
}

// maskUsername returns the first two letters and the last two letters of a name, as in "an…an". If the name is shorter than eight
// letters, it returns the first letter only.
func maskUsername(name string) string {
	const long, shown = 8, 2
	letters := []rune(name)
	if len(letters) < long {
		return string(letters[:min(len(letters), 1)]) + "…"
	}
	return string(letters[:shown]) + "…" + string(letters[len(letters)-shown:])
}

// outcomeChallengeSent means that the challenge is stored and waits for a phone.
const outcomeChallengeSent flow.Outcome = "phone called"

// statePhoneUnreachable is the last step of a flow that needs a phone at a desk that phones cannot reach.
const statePhoneUnreachable flow.State = "out of reach"

// startIfReachable returns the first step of a flow that needs a phone. The step is start, or statePhoneUnreachable if phones
// cannot reach the desk.
func startIfReachable(v *flow.Visit, start flow.State) flow.State {
	if !v.App.IsReachable() {
		return statePhoneUnreachable
	}
	return start
}

func phoneUnreachableStep(offers ...place.ID) flow.Step {
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
