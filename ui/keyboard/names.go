package keyboard

import (
	"unicode"

	"loket/flows/text"
)

// signNames has what speech says for signs that synthesizers skip or read as another word.
var signNames = map[rune]text.Text{
	'@': text.New("apenstaartje", "at sign"), '.': text.New("punt", "dot"), '-': text.New("streepje", "hyphen"),
	'_': text.New("laag streepje", "underscore"), ',': text.New("komma", "comma"), ':': text.New("dubbele punt", "colon"),
	';': text.New("puntkomma", "semicolon"), '!': text.New("uitroepteken", "exclamation mark"), '?': text.New("vraagteken", "question mark"),
	'#': text.New("hekje", "hash"), '$': text.New("dollarteken", "dollar sign"), '%': text.New("procentteken", "percent sign"),
	'&': text.New("en-teken", "ampersand"), '*': text.New("sterretje", "asterisk"), '+': text.New("plusteken", "plus sign"),
	'=': text.New("is-teken", "equals sign"), '~': text.New("tilde", "tilde"), '^': text.New("dakje", "caret"),
	'(': text.New("haakje openen", "opening parenthesis"), ')': text.New("haakje sluiten", "closing parenthesis"),
	'[': text.New("blokhaak openen", "opening bracket"), ']': text.New("blokhaak sluiten", "closing bracket"),
	'{': text.New("accolade openen", "opening brace"), '}': text.New("accolade sluiten", "closing brace"),
	'<': text.New("kleiner dan", "less than"), '>': text.New("groter dan", "greater than"),
	'"': text.New("aanhalingsteken", "quotation mark"), '\'': text.New("apostrof", "apostrophe"), '`': text.New("accent grave", "backtick"),
	'/': text.New("schuine streep", "slash"), '\\': text.New("schuine streep terug", "backslash"), '|': text.New("staande streep", "vertical bar"),
	'€': text.New("euroteken", "euro sign"), 'é': text.New("e met accent aigu", "e acute"), 'è': text.New("e met accent grave", "e grave"),
	'ë': text.New("e met trema", "e diaeresis"), 'ï': text.New("i met trema", "i diaeresis"), 'ö': text.New("o met trema", "o diaeresis"),
	'ü': text.New("u met trema", "u diaeresis"), 'á': text.New("a met accent aigu", "a acute"), 'à': text.New("a met accent grave", "a grave"),
	'ç': text.New("c met cedille", "c cedilla"),
}

// signName returns what speech says for a sign: the name of the sign, or the letter or digit itself.
func signName(r rune) text.Text {
	small := unicode.ToLower(r)
	name, is := signNames[small]
	if !is {
		name = text.SameInBoth(string(small))
	}
	if small == r {
		return name
	}
	return text.New("hoofdletter "+name.NL, "capital "+name.EN)
}
