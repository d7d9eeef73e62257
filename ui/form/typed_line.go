package form

import (
	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/keyboard"
	"loket/ui/screen"
	"loket/ui/words"
)

// TypedLine returns the field that has the focus, if it is typed in.
func (f *Form) TypedLine() (screen.TypedLine, bool) {
	typed := f.focusedField()
	if typed == nil || typed.Kind == flow.KindChoice {
		return screen.TypedLine{}, false
	}
	hint := text.New("volgende", "next")
	if f.focus == len(f.fields)-1 {
		hint = words.LowerFirst(words.Continue)
	}
	return screen.TypedLine{
		Name:       typed.Name,
		DigitsOnly: typed.Kind == flow.KindDigits || keyboard.HasOnlyDigits(typed.Example),
		Secret:     typed.Kind == flow.KindSecret,
		EnterHint:  hint,
	}, true
}
