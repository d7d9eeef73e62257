package flow

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Mermaid returns the flow as a state diagram for Mermaid. Outcomes that lead to the same step share an arrow. The edges of
// the throttle are left out.
func (f *Flow) Mermaid() string {
	var b strings.Builder
	id := func(s State) string { return strings.ReplaceAll(string(s), " ", "_") }
	fmt.Fprintf(&b, "stateDiagram-v2\n    [*] --> %s\n", id(f.Start))
	for _, state := range slices.Sorted(maps.Keys(f.Steps)) {
		step := f.Steps[state]
		if state == StateTimeUp || state == StateLoggedOut {
			continue // The diagram leaves out the steps that every other step can lead to.
		}
		if step.Do == nil {
			fmt.Fprintf(&b, "    %s --> [*]\n", id(state))
		}
		arrows := map[State][]string{}
		for _, o := range slices.Sorted(maps.Keys(step.Next)) {
			if to := step.Next[o].To; o != OutcomeTooSoon && o != OutcomePaused {
				arrows[to] = append(arrows[to], string(o))
			}
		}
		for _, to := range slices.Sorted(maps.Keys(arrows)) {
			fmt.Fprintf(&b, "    %s --> %s: %s\n", id(state), id(to), strings.Join(arrows[to], " / "))
		}
	}
	return b.String()
}
