package fields

import "testing"

// TestRemarkOnNumber tests that the remark about a product number depends only on the form of the number, and that the number
// is still accepted (F7).
func TestRemarkOnNumber(t *testing.T) {
	field := ProductNumberField(new(string))
	for typed, remarked := range map[string]bool{
		"000451809209": true, "451809209": false, "451809209-01": true, "0": false,
		"NL91 ABNA 0417 1643 00": false, "nl91abna0417164301": true, "NL22NNBA0123456789": true, "NL22": false, "451809209/01": true,
		"NL91ABNA041716430": true, "NL91 ABNA 0417 1643 000": true, "NL91-ABNA-0417-1643-0": true, "NL91ABNA": false, "BE6853900754703": true, "BE68539007547035": true,
		"XX68539007547034": false, "NL91.ABNA.0417.1643.00": false, "IBAN: NL91ABNA041716430": true,
		"BE68539007547034": false, "L29.310.119": false, "88-1234567": false, "x": false,
	} {
		if got := field.Remark(typed) != nil; got != remarked {
			t.Errorf("%q is remarked on: %t", typed, got)
		}
		if why := field.CheckAnswer(typed); why != nil {
			t.Errorf("%q is refused: %s", typed, why.EN)
		}
	}
}
