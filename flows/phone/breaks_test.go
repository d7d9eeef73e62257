package phone_test

import (
	"testing"

	"loket/flows/flow"
	"loket/flows/flowtest"
	"loket/flows/passkey/passkeytest"
	"loket/flows/phone"
)

// TestBreaks: where the store or the hasher fails, no phone is paired, nobody gets in
// and nothing changes.
func TestBreaks(t *testing.T) {
	password := []string{"password", "Eigen-huis12"}
	t.Run("pair phone", func(t *testing.T) {
		d := flowtest.New(t)
		v := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
		flowtest.StepBreaks(t, d, func() *flow.Flow { return phone.PairPhone(v) }, password...)
	})
	t.Run("await phone", func(t *testing.T) {
		d := flowtest.New(t)
		flowtest.StepBreaks(t, d, func() *flow.Flow { return flowtest.Must(t, phone.LogInWithApp(flow.NewVisit(d.Desk))) })
	})
	t.Run("paired phones", func(t *testing.T) {
		d := flowtest.New(t)
		d.Pair(t, passkeytest.New(), "ohoeve", "Nokia")
		v := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
		flowtest.StepBreaks(t, d, func() *flow.Flow { return flowtest.Must(t, phone.PairedPhones(v)) }, append(password, "phone", "1")...)
	})
	t.Run("a phone comes", func(t *testing.T) {
		d := flowtest.New(t)
		code := flowtest.Must(t, phone.LogInWithApp(flow.NewVisit(d.Desk))).Step().Scan().Code
		flowtest.EachBreaks(t, true, func() (*flowtest.Desk, func() error) {
			return d, func() error {
				_, _, err := phone.Begin(t.Context(), d.Desk, code)
				return err
			}
		})
	})
	t.Run("approve", func(t *testing.T) {
		d, device := flowtest.New(t), passkeytest.New()
		d.Pair(t, device, "ohoeve", "Nokia")
		var answers []string
		flowtest.EachBreaks(t, true, func() (*flowtest.Desk, func() error) {
			code := flowtest.Must(t, phone.LogInWithApp(flow.NewVisit(d.Desk))).Step().Scan().Code
			f := d.OnPhone(t, code)
			answers = []string{"number", d.Challenge(t, code).Number, "passkey", flowtest.Makes(t, device, flowtest.AppPage, f.Step().Fields[1])}
			return d, func() error { return f.Submit(t.Context(), flowtest.Answers(answers...)) }
		})
	})
	t.Run("register", func(t *testing.T) {
		d := flowtest.New(t)
		v := d.LogIn(t, "ohoeve", "Eigen-huis12").Visit()
		flowtest.EachBreaks(t, true, func() (*flowtest.Desk, func() error) {
			code := flowtest.Must(t, phone.PairPhone(v), password...).Step().Scan().Code
			f := d.OnPhone(t, code)
			made := flowtest.Makes(t, passkeytest.New(), flowtest.AppPage, f.Step().Fields[0])
			return d, func() error { return f.Submit(t.Context(), flowtest.Answers("passkey", made)) }
		})
	})
}
