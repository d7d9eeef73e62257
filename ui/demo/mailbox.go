package demo

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"loket/flows/demo"
	"loket/flows/desk"
	"loket/flows/text"
	"loket/ui/keys"
	"loket/ui/screen"
	"loket/ui/theme"
	"loket/ui/words"
)

// mailbox lists all mail that was sent in the sandbox, newest first.
type mailbox struct {
	sandbox *Sandbox
	mail    []demo.Mail
	state   screen.LoadState
	rows    []screen.Span // rows are the lines of each message.
	listFocus
}

func newMailbox(s *Sandbox) *mailbox { return &mailbox{sandbox: s} }

// mailFetched is the result of fetching the mail for one mailbox screen.
type mailFetched struct {
	mailbox *mailbox
	mail    []demo.Mail
	err     error
}

// Start fetches the mail.
func (m *mailbox) Start() tea.Cmd {
	return screen.Send(screen.BackgroundWork{Work: func(ctx context.Context) tea.Msg {
		mail, err := m.sandbox.ReadMailbox(ctx)
		return mailFetched{m, mail, err}
	}})
}

func (m *mailbox) Keys() (all []keys.Binding) {
	if len(m.mail) > 1 {
		all = append(all, keys.UpDown)
	}
	switch {
	case m.state == screen.LoadFailed:
		all = append(all, keys.Enter.WithHint(text.New("opnieuw proberen", "try again")))
	case m.canOpen():
		all = append(all, keys.Enter.WithHint(text.New("lezen", "read")))
	}
	return all
}

func (m *mailbox) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case clockMovedMsg:
		return m.Start()
	case mailFetched:
		if msg.mailbox == m {
			return m.showFetched(msg)
		}
	case tea.KeyPressMsg:
		if !m.handleKey(msg, len(m.mail)) && keys.Enter.Matches(msg) {
			return m.openMessage()
		}
	case screen.ClickMsg:
		if i := screen.RowAt(m.rows, msg.Y); i >= 0 {
			m.focusIndex = i
			return m.openMessage()
		}
	}
	return nil
}

// showFetched shows the mail and keeps the focus on the same message.
func (m *mailbox) showFetched(msg mailFetched) tea.Cmd {
	if msg.err != nil {
		m.state = screen.LoadFailed
		return screen.Send(screen.ErrorReport{Doing: "fetch the mail of the demo", Err: msg.err})
	}
	var id string
	if m.focusIndex < len(m.mail) {
		id = m.mail[m.focusIndex].ID
	}
	m.mail, m.state = msg.mail, screen.Loaded
	m.focusIndex = max(slices.IndexFunc(m.mail, func(mail demo.Mail) bool { return mail.ID == id }), 0)
	return nil
}

// openMessage opens the message that has the focus, if it has arrived. After an error it fetches the mail again instead.
func (m *mailbox) openMessage() tea.Cmd {
	switch {
	case m.state == screen.LoadFailed:
		return m.Start()
	case m.canOpen():
		return screen.Send(screen.OpenMsg{Screen: newMailScreen(m.mail[m.focusIndex])})
	}
	return nil
}

// canOpen reports whether the message that has the focus has arrived.
func (m *mailbox) canOpen() bool { return m.focusIndex < len(m.mail) && m.mail[m.focusIndex].Arrived }

func (m *mailbox) View(f screen.Frame) screen.Page {
	switch {
	case m.state == screen.LoadFailed:
		return screen.Page{Lines: f.Wrap(f.Translate(words.JoinSpaced(words.MailFailedText, text.New("Druk op Enter om het nog eens te proberen.", "Press Enter to try again."))), f.Width)}
	case m.state == screen.Loading:
		return screen.Page{Lines: []string{f.Translate(words.FetchingMail)}}
	case len(m.mail) == 0:
		return screen.Page{Lines: f.Wrap(f.Translate(words.NoMail), f.Width)}
	}
	var p screen.Page
	m.rows = m.rows[:0]
	for i, mail := range m.mail {
		row := screen.Span{From: len(p.Lines)}
		p.Add(drawEnvelope(f, mail, i == m.focusIndex)...)
		row.To = len(p.Lines) - 1
		p.Add("")
		m.rows = append(m.rows, row)
	}
	p.Focus, p.Choices = m.rows[m.focusIndex], slices.Clone(m.rows)
	p.Cursor = screen.NewCursor(screen.FocusMarkerWidth, p.Focus.From)
	return p
}

// drawEnvelope draws a message in the list.
func drawEnvelope(f screen.Frame, m demo.Mail, focused bool) []string {
	kind := f.Translate(desk.ChannelName(m.Channel, m.Print))
	when, says := f.Timestamp(m.Written), f.Translate(m.Subject)
	if !m.Arrived {
		when = f.Translate(words.OnItsWayText)
		says = f.Translate(words.ArrivalText(m))
	}
	const lead = 2
	name, room := f.CleanRecordText(m.Name)+" "+theme.Separator+" "+kind, f.Width-lead
	lines := []string{screen.AlignBothEnds(name, f.Theme.Muted.Render(when), room)}
	if screen.Width(name)+1+screen.Width(when) > room {
		lines = append(f.Wrap(name, room), f.Theme.Muted.Render(when))
	}
	lines[0] = drawEntry(f, lines[0], focused)
	for i, line := range lines[1:] {
		lines[i+1] = "  " + line
	}
	return append(lines, "  "+f.Truncate(words.StripControl(says), room))
}
