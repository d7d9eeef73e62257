package fields

import (
	"loket/flows/flow"
	"loket/flows/text"
	"loket/store"
)

// letterPrints are the sizes of the print in letters. The first is normal print.
var letterPrints = []flow.Option{
	{Value: "normal", Name: text.New("Gewone letters", "Normal print")},
	{Value: string(store.LargePrint), Name: text.New("Grote letters", "Large print")},
}

// LetterPrintName returns the name of a print.
func LetterPrintName(print store.LetterPrint) text.Text {
	for _, option := range letterPrints {
		if option.Value == string(print) {
			return option.Name
		}
	}
	return letterPrints[0].Name
}

// LetterPrintField asks for the print of letters, which is initial to begin with.
func LetterPrintField(v *store.LetterPrint, initial store.LetterPrint) flow.Field {
	var chosen string
	f := flow.ChoiceField(&chosen, flow.Field{
		Name: "print", Label: text.New("Letters", "Print"), Options: letterPrints, InitialAnswer: letterPrints[0].Value,
		Help: text.New("Grote letters zijn ruim anderhalf keer zo groot als gewone. Een brief is dan vaak twee bladzijden.", "Large print is more than one and a half times as large as normal print. A letter then often has two pages."),
	})
	if initial != "" {
		f.InitialAnswer = string(initial)
	}
	choose := f.Accept
	f.Accept = func(s string) *text.Text {
		wrong := choose(s)
		if *v = ""; chosen == string(store.LargePrint) {
			*v = store.LargePrint
		}
		return wrong
	}
	return f
}
