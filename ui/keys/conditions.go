package keys

// Conditions say which keys have an effect on every screen.
type Conditions struct {
	HasDemo       bool
	HasSpeech     bool
	HasPlainFace  bool // HasPlainFace is true if the desk proposes to go on line by line.
	CanStop       bool // CanStop is true if the keyboard can stop the desk.
	IsServiceDesk bool // IsServiceDesk is true at the screen of the service desk, which locks in time and keeps nothing of visitors.
}

// Global returns the keys that the footer names on every screen. The least important keys come last. theme is the key that
// changes the theme, with its hint.
func Global(c Conditions, theme Binding) []Binding {
	all := []Binding{Language, Help}
	if c.HasSpeech {
		all = append(all, Speech)
	}
	all = append(all, theme)
	if c.HasDemo {
		all = append(all, Demo)
	}
	if !c.IsServiceDesk {
		all = append(all, SlowMode)
	}
	return all
}

// Explained returns the keys that the help page explains, because they have an effect.
func Explained(c Conditions) (all []Binding) {
	for _, key := range ExplainedKeys {
		if !c.areMetFor(key) {
			continue
		}
		if c.IsServiceDesk && key.hasNameOf(LogOut) {
			key = CloseCard
		}
		all = append(all, key)
	}
	return all
}

// areMetFor reports whether a key has an effect.
func (c Conditions) areMetFor(key Binding) bool {
	switch key.FooterName() {
	case Demo.FooterName():
		return c.HasDemo
	case Speech.FooterName(), RepeatSpeech.FooterName(), SpeechRate.FooterName(), Louder.FooterName(), Softer.FooterName():
		return c.HasSpeech
	case PlainFace.FooterName():
		return c.HasPlainFace
	case Stop.FooterName():
		return c.CanStop
	case SlowMode.FooterName(), KeptData.FooterName():
		return !c.IsServiceDesk
	}
	return true
}

// hasNameOf reports whether two keys have the same name.
func (b Binding) hasNameOf(other Binding) bool { return b.FooterName() == other.FooterName() }
