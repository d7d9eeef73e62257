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
