package phone_test

import (
	"testing"

	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/passkey/passkeytest"
	"loket/flows/phone"
)

// TestBreaks tests that no phone is paired, nobody is logged in and nothing changes when the store
// or the hasher fails.
func TestBreaks(t *testing.T) {
	password := []string{"password", "Eigen-huis12"}
	t.Run("pair phone", func(t *testing.T) {
		d := flowtest.New(t)
		v := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
		flowtest.FailEachStepCall(t, d, func() *flow.Flow { return phone.PairPhone(v) }, password...)
	})
	t.Run("await phone", func(t *testing.T) {
		d := flowtest.New(t)
		flowtest.FailEachStepCall(t, d, func() *flow.Flow { return flowtest.MustSubmit(t, phone.LogInWithApp(flow.NewVisit(d.Desk))) })
	})
	t.Run("paired phones", func(t *testing.T) {
		d := flowtest.New(t)
		d.PairPhone(t, passkeytest.New(), "ohoeve", "Nokia")
		v := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
		flowtest.FailEachStepCall(t, d, func() *flow.Flow { return flowtest.MustSubmit(t, phone.PairedPhones(v)) }, append(password, "phone", "1")...)
	})
	t.Run("a phone comes", func(t *testing.T) {
		d := flowtest.New(t)
		code := flowtest.MustSubmit(t, phone.LogInWithApp(flow.NewVisit(d.Desk))).Step().PhoneAccess().Code
		flowtest.FailEachCall(t, true, func() (*flowtest.Desk, func() error) {
			return d, func() error {
				_, _, err := phone.BeginPhoneVisit(t.Context(), d.Desk, code)
				return err
			}
		})
	})
	t.Run("approve", func(t *testing.T) {
		d, device := flowtest.New(t), passkeytest.New()
		d.PairPhone(t, device, "ohoeve", "Nokia")
		var answers []string
		flowtest.FailEachCall(t, true, func() (*flowtest.Desk, func() error) {
			code := flowtest.MustSubmit(t, phone.LogInWithApp(flow.NewVisit(d.Desk))).Step().PhoneAccess().Code
			f := d.BeginOnPhone(t, code)
			answers = []string{"number", d.StoredChallenge(t, code).Number, "passkey", flowtest.AnswerOnPhone(t, device, flowtest.AppURL, f.Step().Fields[1])}
			return d, func() error { return f.Submit(t.Context(), flowtest.AnswersFromPairs(answers...)) }
		})
	})
	t.Run("register", func(t *testing.T) {
		d := flowtest.New(t)
		v := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
		flowtest.FailEachCall(t, true, func() (*flowtest.Desk, func() error) {
			code := flowtest.MustSubmit(t, phone.PairPhone(v), password...).Step().PhoneAccess().Code
			f := d.BeginOnPhone(t, code)
			made := flowtest.AnswerOnPhone(t, passkeytest.New(), flowtest.AppURL, f.Step().Fields[0])
			return d, func() error { return f.Submit(t.Context(), flowtest.AnswersFromPairs("passkey", made)) }
		})
	})
}
