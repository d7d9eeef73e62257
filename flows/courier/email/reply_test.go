package email

import (
	"errors"
	"io"
	"net/textproto"
	"testing"

	"loket/flows/courier/delivery"
)

// TestReplied tests that a refusal of one message is distinguished from a failure of the server.
func TestReplied(t *testing.T) {
	const now, good = "the mail server refuses the message for now: ", "the mail server refuses the message for good: "
	const ours = "the mail server refuses this desk or the message for now: "
	for _, c := range []struct {
		code int
		text string
		want delivery.Refusal // want is empty if the reply is not a refusal.
	}{
		{250, "what is no refusal", delivery.Refusal{}},
		{399, "no refusal either", delivery.Refusal{}},
		{400, "4.0.0 some", delivery.Refusal{Why: now + "400 4.0.0"}},
		{420, "", delivery.Refusal{Why: now + "420"}},
		{421, "4.3.2 closing", delivery.Refusal{}},
		{422, "", delivery.Refusal{Why: now + "422"}},
		{499, "", delivery.Refusal{Why: now + "499"}},
		{500, "5.5.1 what", delivery.Refusal{Why: ours + "500 5.5.1"}},
		{554, "\n 5.7.1 no\n5.1.1 no", delivery.Refusal{Why: ours + "554 5.7.1"}},
		{554, "no valid recipients", delivery.Refusal{Why: ours + "554"}},
		{552, "5.3.4 too big", delivery.Refusal{Why: good + "552 5.3.4", IsPermanent: true}},
		{554, "5.3.5 misconfigured", delivery.Refusal{Why: ours + "554 5.3.5"}},
		{554, "5.6.0 what is in it", delivery.Refusal{Why: good + "554 5.6.0", IsPermanent: true}},
		{550, "5.1.1 found out late", delivery.Refusal{Why: good + "550 5.1.1", IsPermanent: true}},
		{451, "5.1.1 not now", delivery.Refusal{Why: now + "451 5.1.1"}},
	} {
		reply := &textproto.Error{Code: c.code, Msg: c.text}
		got := convertToRefusal("the message", reply)
		c.want.FromServer = c.want.Why != ""
		refused, is := errors.AsType[*delivery.Refusal](got)
		if is != (c.want.Why != "") || is && *refused != c.want || !is && got != error(reply) {
			t.Errorf("%d %s: %v, want %+v", c.code, c.text, got, c.want)
		}
	}
	if got := convertToRefusal("the message", io.EOF); got != io.EOF {
		t.Errorf("what is no reply became %v", got)
	}
	if got := convertToRefusal("the message", nil); got != nil {
		t.Errorf("nothing became %v", got)
	}
}
