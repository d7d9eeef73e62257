package flows

import (
	"context"
	"crypto/subtle"
	"strings"
	"time"

	"loket/flows/credentials"
	"loket/flows/desk"
	"loket/flows/fields"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/store"
)

// Outcomes of the flow ChangeEmail.
const (
	outcomeCodeSent       flow.Outcome = "code sent"
	outcomeSameEmail      flow.Outcome = "the address that is known already"
	outcomeCodeQuotaSpent flow.Outcome = "asked for too many codes today"
	outcomeEmailConfirmed flow.Outcome = "address confirmed"
	outcomeWrongCode      flow.Outcome = "wrong code"
	outcomeCodeInvalid    flow.Outcome = "no code that works"
	outcomeCodeWithdrawn  flow.Outcome = "too many wrong codes, withdrawn"
)

// changeEmailFlow is the state of the flow ChangeEmail: a new e-mail address, and the code by which customers prove that they can
// read its mail.
type changeEmailFlow struct {
	visit *flow.Visit
	credentials.Reauthentication
	address   string
	sentCode  string        // sentCode is the code that the desk sends to the new address.
	codeLasts time.Duration // codeLasts is how long sentCode works. It is 0 if an earlier visit asked for the code.
	typedCode string        // typedCode is the code that the visitor types.
}

const (
	stateAskEmail       flow.State = "ask address"
	stateAskCode        flow.State = "ask code"
	stateEmailConfirmed flow.State = "confirmed"
	stateCodeWithdrawn  flow.State = "code withdrawn"
)

// ChangeEmail changes the logged-in customer's e-mail address, after the customer has typed a code that was sent to the new
// address. A notice goes to the old address.
func ChangeEmail(v *flow.Visit) *flow.Flow {
	c := &changeEmailFlow{visit: v, Reauthentication: credentials.Reauthenticate(v)}
	f := &flow.Flow{Name: "change e-mail", Start: stateAskEmail}
	f.Steps = c.addConfirmSteps(map[flow.State]flow.Step{
		stateAskEmail: {
			Title:               text.NewFunc("E-mailadres veranderen", "Change e-mail address"),
			Body:                text.NewFunc("We sturen een code naar het nieuwe adres. Daarmee laat je zien dat het van jou is.", "We will send a code to the new address. With that code you show that the address is yours."),
			Fields:              []flow.Field{fields.NewEmailField(&c.address, v.UnconfirmedEmail), c.CurrentPasswordField()},
			ThrottleKey:         c.ThrottleKey,
			ThrottlePerTerminal: true,
			Prepare:             c.prepareCode,
			Do:                  c.sendCode,
			Next: credentials.AddWrongPasswordEdges(stateAskEmail, text.New("E-mailadres niet veranderd: verkeerd wachtwoord", "E-mail address not changed: wrong password"), map[flow.Outcome]flow.Edge{
				outcomeCodeSent:       {To: stateAskCode, Verdict: flow.VerdictRight, ActivityText: text.New("Code gevraagd voor een nieuw e-mailadres", "Asked for a code for a new e-mail address")},
				outcomeSameEmail:      {To: stateAskEmail, Verdict: flow.VerdictRight, Field: "e-mail", Note: text.NewFunc("Dit adres hebben we al van je.", "We already have this address.")},
				outcomeCodeQuotaSpent: {To: stateAskEmail, Verdict: flow.VerdictRight, Note: text.NewFunc("Je hebt vandaag al genoeg codes aangevraagd. Probeer het morgen weer.", "You have asked for too many codes today. Try again tomorrow.")},
			}),
			Offers: []place.ID{place.ForgottenPassword, place.Contact},
		},
	})
	return f.Begin(v)
}

// ConfirmEmail asks for the code that was sent to a new e-mail address during an earlier visit.
func ConfirmEmail(v *flow.Visit) *flow.Flow {
	c := &changeEmailFlow{visit: v, Reauthentication: credentials.Reauthenticate(v)}
	f := &flow.Flow{Name: "confirm e-mail", Start: stateAskCode}
	f.Steps = c.addConfirmSteps(map[flow.State]flow.Step{})
	return f.Begin(v)
}

// addConfirmSteps adds the step that asks for the code, and the steps after it, to a table of steps.
func (c *changeEmailFlow) addConfirmSteps(steps map[flow.State]flow.Step) map[flow.State]flow.Step {
	steps[stateAskCode] = flow.Step{
		Title: text.NewFunc("Bevestig je e-mailadres", "Confirm your e-mail address"),
		Body: func() text.Text {
			lasts := c.codeValidityText()
			return text.New(
				"In je nieuwe postvak vind je een e-mail met een code van 8 cijfers. Kijk ook bij je ongewenste e-mail. "+lasts.NL+" Zolang je hem niet invult, verandert er niets.",
				"You will find an e-mail with a code of 8 digits in your new mailbox. Check your spam folder too. "+lasts.EN+" Nothing changes until you fill it in.",
			)
		},
		Fields:      []flow.Field{confirmationCodeField(&c.typedCode)},
		ThrottleKey: c.codeThrottleKey,
		Do:          c.confirmAddress,
		Next: map[flow.Outcome]flow.Edge{
			outcomeEmailConfirmed: {To: stateEmailConfirmed, Verdict: flow.VerdictRight, ActivityText: text.New("E-mailadres veranderd", "Changed the e-mail address")},
			outcomeWrongCode:      {To: stateAskCode, Verdict: flow.VerdictWrong, Field: "code", Note: text.NewFunc("Deze code klopt niet. Kijk of je de laatste e-mail van ons voor je hebt.", "This code is not correct. Check that you have our latest e-mail in front of you."), ActivityText: text.New("Verkeerde code ingevuld", "Filled in a wrong code")},
			outcomeCodeInvalid:    {To: stateCodeWithdrawn},
			outcomeCodeWithdrawn:  {To: stateCodeWithdrawn, Verdict: flow.VerdictRight, ActivityText: text.New("Te vaak een verkeerde code ingevuld", "Filled in a wrong code too often")},
		},
	}
	steps[stateEmailConfirmed] = flow.Step{
		Title:  text.NewFunc("Je e-mailadres is veranderd", "Your e-mail address has been changed"),
		Body:   text.NewFunc("Onze e-mails gaan voortaan naar het nieuwe adres. We hebben dit ook laten weten op het adres waar je tot nu toe onze berichten kreeg.", "From now on our e-mails go to the new address. We have also told you so at the address where you got our messages until now."),
		Offers: []place.ID{place.Details, place.Products},
	}
	steps[stateCodeWithdrawn] = flow.Step{
		Title:  text.NewFunc("Deze code werkt niet meer", "This code no longer works"),
		Body:   text.NewFunc("Hij is verlopen, te vaak verkeerd ingevuld of al gebruikt. Je e-mailadres is niet veranderd. Vraag gerust een nieuwe code aan.", "It has expired, was typed wrong too often or has already been used. Your e-mail address has not changed. You can ask for a new code."),
		Offers: []place.ID{place.ChangeEmail, place.Details},
	}
	return steps
}

// sendCode stores the new address with the digest of its code, and sends the code to that address. An earlier address that is
// still unconfirmed is replaced.
func (c *changeEmailFlow) sendCode(tx *store.Tx) (flow.Outcome, error) {
	account, outcome := c.DecideOutcome(tx)
	if outcome != credentials.OutcomeRight {
		return outcome, nil
	}
	owner, _ := tx.Customer(account.Customer)
	switch {
	case strings.EqualFold(owner.Email, c.address) && !c.visit.IsEmailUnconfirmed(owner, tx.Now):
		return outcomeSameEmail, nil
	case !c.visit.TakeQuota(tx, desk.EmailCodeQuota.KeyForCustomer(owner.ID)):
		return outcomeCodeQuotaSpent, nil
	}
	c.codeLasts = c.visit.ExtendTimeLimit(c.visit.Settings.CodeLasts)
	account.NewEmail = store.NewEmail{Address: c.address, Code: c.codeDigest(tx, c.sentCode), Expires: tx.Now.Add(c.codeLasts)}
	tx.PutAccount(account)
	owner.Email = c.address
	c.visit.QueueMessage(tx, owner, store.ByEmail, desk.TemplateEmailCode, map[string]string{
		"code": c.sentCode, "until": account.NewEmail.Expires.Format(time.RFC3339),
	})
	return outcomeCodeSent, nil
}

// confirmAddress replaces the old address by the new one, and sends a notice to the old one. If
// the service desk set the address, its owner now confirms it, and nothing else changes.
func (c *changeEmailFlow) confirmAddress(tx *store.Tx) (flow.Outcome, error) {
	account, _ := tx.Account(c.visit.Customer())
	pending := account.NewEmail
	outcome := outcomeEmailConfirmed
	switch right := subtle.ConstantTimeCompare([]byte(pending.Code), []byte(c.codeDigest(tx, c.typedCode))) == 1; {
	case !tx.Now.Before(pending.Expires): // An account without a pending code has the zero time as Expires, which is in the past.
		outcome = outcomeCodeInvalid
	case !right && tx.WrongAttempts(c.codeThrottleKey(), c.visit.Settings.LongestWait).Wrong+1 < c.visit.Settings.CodeTries:
		return outcomeWrongCode, nil
	case !right:
		outcome = outcomeCodeWithdrawn
	}
	account.NewEmail = store.NewEmail{}
	tx.PutAccount(account)
	if outcome == outcomeEmailConfirmed {
		owner, _ := tx.Customer(account.Customer)
		if !strings.EqualFold(owner.Email, pending.Address) {
			// The notice of the change goes to the old e-mail address.
			c.visit.NotifyCustomer(tx, owner.ID, desk.TemplateEmailChanged, nil)
		}
		before := owner
		owner.Email, owner.UnconfirmedSince = pending.Address, time.Time{}
		owner.NoteDeskChanges(before)
		tx.PutCustomer(owner)
	}
	return outcome, nil
}

// codeValidityText returns a sentence about how long the code that the desk sent works.
func (c *changeEmailFlow) codeValidityText() text.Text {
	if c.codeLasts == 0 {
		return text.New("Tot wanneer de code werkt, staat in die e-mail.", "That e-mail says until when the code works.")
	}
	lasts := text.DescribeWait(c.codeLasts)
	return text.New("De code werkt "+lasts.NL+".", "The code works for "+lasts.EN+".")
}

// codeDigest returns the digest of a confirmation code. The store keeps only the digest; the code itself is only in the
// message.
func (c *changeEmailFlow) codeDigest(tx *store.Tx, code string) string {
	return tx.DigestSecret(c.codeThrottleKey(), code)
}

// codeThrottleKey returns the key that counts a customer's wrong confirmation codes.
func (c *changeEmailFlow) codeThrottleKey() string {
	return desk.EmailCodeThrottleKey(c.visit.Customer())
}

// codeDigits is the number of digits in the code that confirms an e-mail address.
const codeDigits = 8

// prepareCode draws a random code and verifies the password.
func (c *changeEmailFlow) prepareCode(ctx context.Context) (err error) {
	if c.sentCode, err = c.visit.RandomDigits("code", codeDigits); err != nil {
		return err
	}
	return c.ComparePassword(ctx)
}

// confirmationCodeField asks for a confirmation code. It accepts any grouping of the digits.
func confirmationCodeField(v *string) flow.Field {
	return flow.Field{
		Name: "code", Label: text.SameInBoth("Code"), Example: "1234 5678", Kind: flow.KindDigits,
		Hint: text.NewFunc("8 cijfers, uit de e-mail", "8 digits, from the e-mail"),
		Help: text.New("De code staat in de e-mail die we net naar je nieuwe adres stuurden. Kijk ook bij je ongewenste e-mail.", "The code is in the e-mail that we have just sent to your new address. Check your spam folder too."),
		Accept: func(s string) *text.Text {
			digits, ok := desk.ParseDigits(s)
			if !ok || len(digits) != codeDigits {
				return new(text.New("De code heeft 8 cijfers.", "The code has 8 digits."))
			}
			*v = digits
			return nil
		},
	}
}
