// Package keys has every key of the kiosk. A key is one Binding: the presses that trigger it,
// its name, and what it does. The footer, the help page, a click on the footer and every
// Update read the same Binding.
//
// Start at keys.go. To add a key, add a binding there and have an Update call its Matches. A
// screen shows the key in the footer by returning it from Keys. The keys that edit a text
// are those of the bubble textinput.
package keys

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"loket/flows/text"
)

// A Binding is a key, or several keys with one purpose. In its Help, Key is the name in the
// footer and Desc the name on the help page.
type Binding struct {
	key.Binding
	Hint     text.Text // what the key does, for the footer
	HelpText text.Text // what the key does, for the help page; empty if the help page leaves it out

	isGroup bool // each key has its own effect and its own part of the name to click on
}

// Name returns the name of the key in the footer: "Ctrl+L".
func (b Binding) Name() string { return b.Help().Key }

// Names returns the name of the key on the help page: "Ctrl+L  F6".
func (b Binding) Names() string { return b.Help().Desc }

// WithHint returns the key with another text in the footer for what the key does.
func (b Binding) WithHint(does text.Text) Binding {
	b.Hint = does
	return b
}

// OnFunctionKeys is the key under the name of its function key, if it has one (R16).
func (b Binding) OnFunctionKeys() Binding {
	from := slices.IndexFunc(b.Keys(), isFunctionKey)
	if from < 0 {
		return b
	}
	named := newBinding(slices.Concat(b.Keys()[from:], b.Keys()[:from])...)
	named.Hint, named.HelpText = b.Hint, b.HelpText
	return named
}

func isFunctionKey(name string) bool { return len(name) > 1 && name[0] == 'f' }

// Matches reports whether a press triggers the key.
func (b Binding) Matches(msg tea.KeyPressMsg) bool { return key.Matches(msg, b.Binding) }

// OnlyMoves reports whether the binding is several keys that move, such as arrows.
func (b Binding) OnlyMoves() bool { return b.isGroup }

// ClickPresses returns the presses that a click on the key's name stands for. That is one press
// or, for several keys under one name, a press of each from left to right.
func (b Binding) ClickPresses() (all []tea.KeyPressMsg) {
	for _, name := range b.Keys() {
		if all = append(all, Press(name)); !b.isGroup {
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

// newBinding returns the key with these presses, by Bubble Tea's names. The first is the
// usual one.
func newBinding(presses ...string) Binding {
	names := make([]string, len(presses))
	for i, each := range presses {
		names[i] = keyLabel(each)
	}
	return Binding{Binding: key.NewBinding(key.WithKeys(presses...), key.WithHelp(names[0], strings.Join(names, LabelGap)))}
}

// groupBinding returns several keys under one name.
func groupBinding(name string, members ...Binding) Binding {
	var presses []string
	for _, each := range members {
		presses = append(presses, each.Keys()...)
	}
	return newBinding(presses...).withName(name)
}

// withName returns the key with one name for all its presses, each of which has its own
// effect.
func (b Binding) withName(name string) Binding {
	b.SetHelp(name, name)
	b.isGroup = true
	return b
}

func (b Binding) withHint(nl, en string) Binding {
	b.Hint = text.New(nl, en)
	return b
}

func (b Binding) withHelp(nl, en string) Binding {
	b.HelpText = text.New(nl, en)
	return b
}

// keyLabel returns Bubble Tea's name of a key as people write it: "Ctrl+L" for "ctrl+l".
func keyLabel(name string) string {
	parts := strings.Split(name, "+")
	for i, part := range parts {
		if part != "" {
			parts[i] = strings.ToUpper(part[:1]) + part[1:]
		}
	}
	return strings.Join(parts, "+")
}
