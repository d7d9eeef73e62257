// Package keys has every key of the kiosk. A Binding has the presses that trigger a key, its name, and its effect. The footer,
// the help page, clicks on the footer and every Update use the same Binding.
//
// Start at keys.go. To add a key, add a binding there, and call its Matches in an Update. A screen shows the key in the footer
// by returning it from Keys. Package textinput handles the keys that edit text.
package keys

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"loket/flows/text"
)

// A Binding is a key, or several keys with one purpose. In its Help, Key is the name in the footer and Desc is the name on the
// help page.
type Binding struct {
	key.Binding
	Hint text.Text // Hint is the effect of the key, for the footer.
	// HelpText is the effect of the key, for the help page. The help page leaves out keys whose HelpText is empty.
	HelpText text.Text

	isGroup bool // isGroup is true if each key has an effect of its own, and its own part of the name to click on.
}

// FooterName returns the name of the key in the footer: "Ctrl+L".
func (b Binding) FooterName() string { return b.Help().Key }

// HelpPageNames returns the name of the key on the help page: "Ctrl+L  F6".
func (b Binding) HelpPageNames() string { return b.Help().Desc }

// WithHint returns the binding with another text about its effect in the footer.
func (b Binding) WithHint(does text.Text) Binding {
	b.Hint = does
	return b
}

// WithFunctionKeyName returns the binding with the name of its function key, if it has one (R16).
func (b Binding) WithFunctionKeyName() Binding {
	from := slices.IndexFunc(b.Keys(), isFunctionKey)
	if from < 0 {
		return b
	}
	named := newBinding(slices.Concat(b.Keys()[from:], b.Keys()[:from])...)
	named.Hint, named.HelpText = b.Hint, b.HelpText
	return named
}

func isFunctionKey(name string) bool { return len(name) > 1 && name[0] == 'f' || name == "insert" }

// Matches reports whether a press triggers the binding.
func (b Binding) Matches(msg tea.KeyPressMsg) bool { return key.Matches(msg, b.Binding) }

// IsMoveGroup reports whether the binding is a group of keys that move, such as arrows.
func (b Binding) IsMoveGroup() bool { return b.isGroup }

// ClickPresses returns the presses that a click on the name of the key simulates. For a group of keys, it returns one press of
// each key, from left to right.
func (b Binding) ClickPresses() (all []tea.KeyPressMsg) {
	for _, name := range b.Keys() {
		if all = append(all, PressByName(name)); !b.isGroup {
			break
		}
	}
	return all
}

// LabelsAndPresses returns the presses that trigger the binding, and the label of each press on the help page.
func (b Binding) LabelsAndPresses() (labels []string, presses []tea.KeyPressMsg) {
	labels = strings.Split(b.HelpPageNames(), LabelGap)
	for _, name := range b.Keys()[:len(labels)] {
		presses = append(presses, PressByName(name))
	}
	return labels, presses
}

const LabelGap = "  " // LabelGap separates two labels.

// newBinding returns a binding for presses, which have the names of Bubble Tea. The first press is the usual one.
func newBinding(presses ...string) Binding {
	names := make([]string, len(presses))
	for i, each := range presses {
		names[i] = keyLabel(each)
	}
	return Binding{Binding: key.NewBinding(key.WithKeys(presses...), key.WithHelp(names[0], strings.Join(names, LabelGap)))}
}

// groupBinding returns several bindings as a group with one name.
func groupBinding(name string, members ...Binding) Binding {
	var presses []string
	for _, each := range members {
		presses = append(presses, each.Keys()...)
	}
	return newBinding(presses...).withName(name)
}

// withName returns the binding with one name for all its presses, each of which has its own effect.
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

// keyLabel converts a key name of Bubble Tea to the usual spelling: "ctrl+l" to "Ctrl+L".
func keyLabel(name string) string {
	parts := strings.Split(name, "+")
	for i, part := range parts {
		if part != "" {
			parts[i] = strings.ToUpper(part[:1]) + part[1:]
		}
	}
	return strings.Join(parts, "+")
}
