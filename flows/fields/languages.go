package fields

import (
	"loket/flows/flow"
	"loket/flows/text"
)

// Languages are the languages of e-mails and letters.
var Languages = []flow.Option{
	{Value: string(text.Dutch), Name: text.New("Nederlands", "Dutch")},
	{Value: string(text.English), Name: text.New("Engels", "English")},
}

// LanguageName returns the name of the language with a code. Any code but that of another language means Dutch, which comes first.
func LanguageName(code string) text.Text {
	for _, l := range Languages {
		if l.Value == code {
			return l.Name
		}
	}
	return Languages[0].Name
}
