package keyboard

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
)

// key is a key of the on-screen keyboard.
type key struct {
	label  text.Text
	name   text.Text // name is what speech says for the key.
	action tea.Msg   // action is a Press, an Action, or the action of an Offer.
	isSign bool      // isSign is true if the key types one sign.
}

// A Press is a key press that goes to the screen, as if it came from a real keyboard.
type Press tea.KeyPressMsg

// An Action changes the keyboard itself.
type Action int

const (
	ChangeCapitals Action = iota
	ChangeSigns           // ChangeSigns switches between letters and other signs, and from digits to letters.
	CloseKeyboard
)

// The signs of each layout, row by row. All layouts have the signs of e-mail addresses and of dates.
var (
	letterRows = []string{"1234567890", "qwertyuiop", "asdfghjkl@", "zxcvbnm.-_"}
	signRows   = []string{`!?#$%&*()"`, `'/\|;:,+=~`, "<>[]{}^`@.", "éëèïöüáàç€"}
	digitRows  = []string{"1234567890"}
)

// rows returns the keys for a line to type in.
func (k *Keyboard) rows(line screen.TypedLine) (signs [][]key, others []key) {
	chosen := letterRows
	switch {
	case k.showsDigits(line):
		chosen = digitRows
		others = append(others, signKey('-'), signKey('+'))
	case k.showsSigns:
		chosen = signRows
		fallthrough
	default:
		others = append(others, key{label: capitalLabels[k.capitals], name: capitalNames[k.capitals], action: ChangeCapitals})
	}
	for _, row := range chosen {
		var made []key
		for _, r := range row {
			if k.capitals != noCapitals {
				r = unicode.ToUpper(r)
			}
			made = append(made, signKey(r))
		}
		signs = append(signs, made)
	}
	return signs, append(others, k.otherKeys(line)...)
}

// otherKeys returns the keys that every layout has below its signs.
func (k *Keyboard) otherKeys(line screen.TypedLine) []key {
	signs := key{label: text.New("!?é", "!?é"), name: text.New("andere tekens", "other signs"), action: ChangeSigns}
	if k.showsSigns || k.showsDigits(line) {
		signs.label, signs.name = text.New("abc", "abc"), text.New("letters", "letters")
	}
	return []key{
		signs,
		namedKey(text.New("spatie", "space"), Press(keys.Space.ClickPresses()[0])),
		namedKey(text.New("wissen", "erase"), Press(keys.PressByName("backspace"))),
		namedKey(line.EnterHint, Press(keys.Enter.ClickPresses()[0])),
		namedKey(text.New("sluiten", "close"), CloseKeyboard),
	}
}

// namedKey returns a key whose label is also what speech says for it.
func namedKey(label text.Text, action tea.Msg) key {
	return key{label: label, name: label, action: action}
}

func signKey(r rune) key {
	return key{label: text.SameInBoth(string(r)), name: signName(r), action: Press{Code: r, Text: string(r)}, isSign: true}
}

// capitals says which letters are capitals.
type capitals int

const (
	noCapitals  capitals = iota
	nextCapital          // nextCapital means that only the next letter is a capital.
	allCapitals
)

var capitalLabels = map[capitals]text.Text{
	noCapitals:  text.New("hoofdletter", "capital"),
	nextCapital: text.New("HOOFDLETTERS", "CAPITALS"),
	allCapitals: text.New("kleine letters", "small letters"),
}

var capitalNames = map[capitals]text.Text{
	noCapitals:  text.New("hoofdletter", "capital"),
	nextCapital: text.New("alleen hoofdletters", "all capitals"),
	allCapitals: text.New("kleine letters", "small letters"),
}

// showsDigits reports whether the keyboard has only digits for this line.
func (k *Keyboard) showsDigits(line screen.TypedLine) bool { return line.DigitsOnly && !k.wantsLetters }

// HasOnlyDigits reports whether an example of an answer has digits, spaces and dashes only, so that the keyboard needs no
// letters for the answer.
func HasOnlyDigits(example string) bool {
	return example != "" && strings.Trim(example, "0123456789 -") == ""
}
