package ui

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"loket/flows/demo"
	"loket/flows/dutch"
	"loket/flows/text"
	"loket/ui/theme"
	"loket/ui/words"
)

// mailbox is what was written to anybody in the sandbox, newest first.
type mailbox struct {
	sandbox *Sandbox
	mail    []demo.Mail
	state   loading
	picked
}

// loading is how far a screen is with what it shows.
type loading int

const (
	underWay loading = iota
	done
	failed
)

func newMailbox(s *Sandbox) *mailbox { return &mailbox{sandbox: s} }

// mailFetched is what came of fetching the mail of one mailbox.
type mailFetched struct {
	by   *mailbox
	mail []demo.Mail
	err  error
}

// Start fetches the mail.
func (m *mailbox) Start() tea.Cmd {
	return to(slow{func(ctx context.Context) tea.Msg {
		mail, err := m.sandbox.Mailbox(ctx)
		return mailFetched{m, mail, err}
	}})
}

func (m *mailbox) Keys() (keys []hint) {
	if len(m.mail) > 1 {
		keys = append(keys, hint{theme.UpDown, text.New("kiezen", "choose")})
	}
	switch {
	case m.state == failed:
		keys = append(keys, hint{"Enter", text.New("opnieuw proberen", "try again")})
	case m.readable():
		keys = append(keys, hint{"Enter", text.New("lezen", "read")})
	}
	return keys
}

func (m *mailbox) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case clockMoved:
		return m.Start()
	case mailFetched:
		if msg.by == m {
			return m.fetched(msg)
		}
	case tea.KeyPressMsg:
		if !m.move(msg.String(), len(m.mail)) && msg.String() == "enter" {
			return m.read()
		}
	case click:
		if i := msg.Y / mailLines; msg.Y >= 0 && i < len(m.mail) {
			m.at = i
			return m.read()
		}
	}
	return nil
}

// fetched shows the mail, with the focus on the message that had it.
func (m *mailbox) fetched(msg mailFetched) tea.Cmd {
	if msg.err != nil {
		m.state = failed
		return to(report{"fetch the mail of the demo", msg.err})
	}
	var id string
	if m.at < len(m.mail) {
		id = m.mail[m.at].ID
	}
	m.mail, m.state = msg.mail, done
	m.at = max(slices.IndexFunc(m.mail, func(mail demo.Mail) bool { return mail.ID == id }), 0)
	return nil
}

// read opens the message with the focus, if it has arrived.
func (m *mailbox) read() tea.Cmd {
	switch {
	case m.state == failed:
		return m.Start()
	case m.readable():
		return to(open{newReading(m.mail[m.at])})
	}
	return nil
}

// readable tells whether the message with the focus has arrived.
func (m *mailbox) readable() bool { return m.at < len(m.mail) && m.mail[m.at].Arrived }

// mailLines is how many lines a message takes in the list, with the empty one
// below it.
const mailLines = 3

func (m *mailbox) View(f frame) page {
	switch {
	case m.state == failed:
		return page{Lines: f.wrap(f.say(words.Spaced(words.MailFails, text.New("Druk op Enter om het nog eens te proberen.", "Press Enter to try again."))), f.Width)}
	case m.state == underWay:
		return page{Lines: []string{f.say(words.FetchingMail)}}
	case len(m.mail) == 0:
		return page{Lines: f.wrap(f.say(words.NoMail), f.Width)}
	}
	var p page
	for i, mail := range m.mail {
		p.Lines = append(p.Lines, f.envelope(mail, i == m.at)...)
	}
	from := m.at * mailLines
	p.Cursor, p.Focus = newCursor(0, from), span{from, from + mailLines - 2}
	return p
}

// envelope draws a message in the list.
func (f frame) envelope(m demo.Mail, focused bool) []string {
	kind := f.say(words.Channel(m.Channel))
	when, says := f.stamp(m.Written), f.say(m.Subject)
	if !m.Arrived {
		when = f.say(words.OnItsWay)
		says = f.say(words.ComesBy(m))
	}
	const lead = 2
	line := f.entry(f.record(m.Name)+" "+theme.Between+" "+kind, focused)
	return []string{
		between(line, f.Theme.Muted.Render(when), f.Width),
		"  " + f.cut(clean(says), f.Width-lead),
		"",
	}
}

// stamp is date and time in a column: "22 nov 2026 14:07".
func (f frame) stamp(t time.Time) string {
	return f.shortDate(dutch.DateOf(t).String()) + " " + t.In(dutch.Amsterdam).Format("15:04")
}
