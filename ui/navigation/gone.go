package navigation

import "slices"

// Gone tells which of the forms that were open before are none of the screens that are
// open now, and which forms these have. F is what the forms of a face are.
func Gone[F comparable, S any](before []F, screens []S) (gone, open []F) {
	for _, s := range screens {
		if f, is := any(s).(F); is {
			open = append(open, f)
		}
	}
	for _, f := range before {
		if !slices.Contains(open, f) {
			gone = append(gone, f)
		}
	}
	return gone, open
}
