package handover

// A Relay takes visits from one face of the desk to the other, and back. Only one face runs at a time. A nil Relay is for a terminal
// that has only one face.
type Relay struct {
	waiting *Visit
	isAway  bool
}

// Give hands a visit to the face that runs next. The face that gives it must not use the visit any more.
func (r *Relay) Give(v Visit) { r.waiting = &v }

// Take returns the visit that the face before has given, or nil if it gave none.
func (r *Relay) Take() *Visit {
	if r == nil {
		return nil
	}
	taken := r.waiting
	r.waiting = nil
	return taken
}

// HasVisit reports whether a visit waits for the face that runs next.
func (r *Relay) HasVisit() bool { return r != nil && r.waiting != nil }

// IsAway reports whether the face that runs is not the one with which every visit begins.
func (r *Relay) IsAway() bool { return r != nil && r.isAway }

// Run runs the face with which every visit begins, and the other face, in turn. It returns when a face ends without giving a
// visit, and reports whether that was lines. clear removes from the terminal what a face has left there.
func (r *Relay) Run(screens, lines func() error, beginsPlain bool, clear func()) (endsPlain bool, err error) {
	face, other := screens, lines
	if beginsPlain {
		face, other = lines, screens
	}
	for {
		if err := face(); err != nil || !r.HasVisit() {
			return beginsPlain != r.isAway, err
		}
		clear()
		face, other, r.isAway = other, face, !r.isAway
	}
}
