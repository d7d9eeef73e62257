// Package keys is every key of the kiosk. A key is one Binding, which the footer, the
// help page, a press by mouse on the footer and Update all read: the presses that it
// is, what it is called, and what it does.
//
// Start at keys.go. To add a key, add a binding there, and let an Update ask whether
// it Matches; a screen names it in the footer by returning it from its Keys. The keys
// by which a text is edited are those of the bubble textinput.
package keys

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"loket/flows/text"
)

// A Binding is a key, or several that do the same. Of its Help, Key is what the footer
// calls it, and Desc what the help page does.
type Binding struct {
	key.Binding
	Does  text.Text // for the footer
	Tells text.Text // for the help page; empty if the key does not stand there

	several bool // they go different ways, so that each has its own part of a click
}

// Name returns what the footer calls the key: "Ctrl+L".
func (b Binding) Name() string { return b.Help().Key }

// Names returns what the help page calls the key: "Ctrl+L  F6".
func (b Binding) Names() string { return b.Help().Desc }

// As is the key where it does something that b does not say.
func (b Binding) As(does text.Text) Binding {
	b.Does = does
	return b
}

// OnFunctionKeys is the key under the name of its function key, if it has one (R16).
func (b Binding) OnFunctionKeys() Binding {
	from := slices.IndexFunc(b.Keys(), isFunctionKey)
	if from < 0 {
		return b
	}
	named := newBinding(slices.Concat(b.Keys()[from:], b.Keys()[:from])...)
	named.Does, named.Tells = b.Does, b.Tells
	return named
}

func isFunctionKey(name string) bool { return len(name) > 1 && name[0] == 'f' }

// Matches reports whether a press is one of the key.
func (b Binding) Matches(msg tea.KeyPressMsg) bool { return key.Matches(msg, b.Binding) }

// Presses returns what a click on the key's name stands for: one press or, of several keys
// under one name, theirs from left to right.
func (b Binding) Presses() (all []tea.KeyPressMsg) {
	for _, name := range b.Keys() {
		if all = append(all, Press(name)); !b.several {
			break
		}
	}
	return all
}

// Labels returns what the help page calls each press of the key, and the press.
func (b Binding) Labels() (labels []string, presses []tea.KeyPressMsg) {
	labels = strings.Split(b.Names(), LabelGap)
	for _, name := range b.Keys()[:len(labels)] {
		presses = append(presses, Press(name))
	}
	return labels, presses
}

const LabelGap = "  " // between two labels

// newBinding is a key by the names that Bubble Tea has for it, the usual one first.
func newBinding(pressed ...string) Binding {
	names := make([]string, len(pressed))
	for i, each := range pressed {
		names[i] = keyLabel(each)
	}
	return Binding{Binding: key.NewBinding(key.WithKeys(pressed...), key.WithHelp(names[0], strings.Join(names, LabelGap)))}
}

// groupBinding is several keys under one name.
func groupBinding(name string, of ...Binding) Binding {
	var pressed []string
	for _, each := range of {
		pressed = append(pressed, each.Keys()...)
	}
	return newBinding(pressed...).withName(name)
}

// withName is the key with one name for all of its presses, which go different ways.
func (b Binding) withName(name string) Binding {
	b.SetHelp(name, name)
	b.several = true
	return b
}

func (b Binding) withHint(nl, en string) Binding {
	b.Does = text.New(nl, en)
	return b
}

func (b Binding) withHelp(nl, en string) Binding {
	b.Tells = text.New(nl, en)
	return b
}

// keyLabel is a name of Bubble Tea's as it stands on a keyboard: "ctrl+l" is "Ctrl+L".
func keyLabel(name string) string {
	parts := strings.Split(name, "+")
	for i, part := range parts {
		if part != "" {
			parts[i] = strings.ToUpper(part[:1]) + part[1:]
		}
	}
	return strings.Join(parts, "+")
}
