package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/text"
	"loket/ui/navigation"
	"loket/ui/screen"
	"loket/ui/theme"
)

// App is the kiosk: a visit, and the screens that the visitor has open in it.
type App struct {
	desk    *desk.Desk
	options Options
	crew    *crew

	visit   *flow.Visit
	ctx     context.Context // of the visit
	leave   context.CancelFunc
	screens []screen.Screen // never empty; home is the first, and the last is the one to be seen
	forms   []*form         // those among them after the message before
	dialog  *dialog         // a question that goes first, or nil
	attract bool            // nobody is there, which a walk-in kiosk shows instead of all that
	idle    idle
	shown   bool // the first frame

	language text.Language
	terminal terminal
	theme    theme.Name
	renamed  bool        // the visitor has just chosen the theme
	look     theme.Theme // the theme on the terminal
	sight    sight
	glance   glance
	poller   poller
}

// terminal is what is known of the one that the kiosk is on. It comes in pieces,
// just after the start.
type terminal struct {
	width, height int
	profile       colorprofile.Profile
	console       bool // a Linux console: no mouse, and few glyphs
	named         bool // console is known
}

// New gives a kiosk at a desk, until ctx is done.
func New(ctx context.Context, desk *desk.Desk, o Options) *App {
	a := &App{desk: desk, options: o.complete(), crew: newCrew(ctx), leave: func() {}}
	a.terminal.profile = colorprofile.ANSI
	a.reset()
	a.begin(nil)
	if a.options.Demo != nil {
		a.screens = []screen.Screen{newWelcome(a.visit)}
	}
	a.rest()
	return a
}

// reset puts language and theme as every visit begins.
func (a *App) reset() {
	a.language, a.theme, a.renamed = a.options.Language, a.options.Theme, false
	a.dress()
}

// dress chooses the look for the terminal.
func (a *App) dress() {
	a.look = theme.New(a.theme, a.terminal.profile, a.terminal.console)
}

// Init starts the heart.
func (a *App) Init() tea.Cmd { return heartbeat() }

// pulse is a heartbeat, with the time at which it came. It tells how time
// passes, and nothing about what time it is: that is for the desk's clock.
type pulse time.Time

func heartbeat() tea.Cmd {
	return tea.Tick(time.Second, func(t time.Time) tea.Msg { return pulse(t) })
}

// Update handles a message. Whatever goes wrong in it, the heart goes on.
func (a *App) Update(msg tea.Msg) (_ tea.Model, cmd tea.Cmd) {
	defer a.abandon()
	if _, is := msg.(pulse); is {
		defer func() { cmd = tea.Batch(cmd, heartbeat()) }()
	} else {
		a.glance = glance{}
	}
	defer func() {
		if p := recover(); p != nil {
			cmd = a.apologise(faultOf(p))
		}
	}()
	cmd = a.handle(msg)
	return a, tea.Batch(cmd, a.updatePolling())
}

func (a *App) handle(msg tea.Msg) tea.Cmd {
	if a.welcomed(msg) {
		return nil
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.terminal.width, a.terminal.height = msg.Width, msg.Height
	case tea.ColorProfileMsg:
		a.terminal.profile = msg.Profile
		a.dress()
	case tea.EnvMsg:
		a.terminal.console, a.terminal.named = msg.Getenv("TERM") == "linux", true
		a.dress()
	case pulse:
		a.options.Alive()
		return a.beat(time.Time(msg))
	case fault:
		return a.apologise(msg)
	case tea.KeyPressMsg:
		return a.key(msg)
	case tea.PasteMsg:
		return a.paste(msg)
	case tea.MouseClickMsg:
		return a.click(msg)
	case tea.MouseWheelMsg:
		return a.wheel(msg)
	case ofVisit:
		if msg.visit == a.visit {
			return a.navigate(msg.msg)
		}
	}
	return nil
}

// navigate does what a screen said by the command of a navigation message.
// Anything else is news for the screens.
func (a *App) navigate(msg tea.Msg) tea.Cmd {
	if a.busy() && leads(msg) {
		return nil // it comes too late
	}
	switch msg := msg.(type) {
	case screen.GoTo:
		return a.goTo(msg.Place)
	case screen.Open:
		return a.open(msg.Screen)
	case screen.Replace:
		a.screens = a.screens[:len(a.screens)-1]
		return a.open(msg.Screen)
	case Ended:
		return a.ended(msg.By)
	case screen.Resume:
		return a.resume()
	case screen.Back:
		return a.back()
	case screen.GoHome:
		return a.ifSure(navigation.Unsaved(a.screens), a.logOut)
	case standing:
		return a.stands(msg)
	case screen.Background:
		return a.beside(a.ctx, msg.Work)
	case startPoll:
		return a.beside(msg.ctx, msg.work)
	case pollResult:
		return a.polled(msg)
	case screen.Report:
		a.options.Log.Error(msg.Doing, "visit", a.visit.ID, "error", msg.Err)
	case fault:
		return a.apologise(msg)
	default:
		return a.tell(msg)
	}
	return nil
}

// leads reports whether a message is where the visitor wants to go.
func leads(msg tea.Msg) bool {
	switch msg.(type) {
	case screen.GoTo, screen.Back, screen.Resume, screen.GoHome:
		return true
	}
	return false
}

// top is the screen that is to be seen.
func (a *App) top() screen.Screen { return a.screens[len(a.screens)-1] }

// open puts s on top. Of a flow that comes to its end at once, that is the end.
func (a *App) open(s screen.Screen) tea.Cmd {
	a.screens = append(a.screens, s)
	if f, is := s.(*form); is && f.Flow().Ended() {
		return a.ended(f)
	}
	if first, is := s.(screen.Starter); is {
		return a.guard(first.Start())
	}
	return nil
}

// back takes the screen on top away, after asking if that would lose something.
func (a *App) back() tea.Cmd {
	if len(a.screens) == 1 {
		return nil
	}
	return a.ifSure(navigation.Unsaved(a.screens[len(a.screens)-1:]), func() tea.Cmd {
		refreshed := a.backTo(len(a.screens) - 2)
		if len(a.screens) == 1 {
			return a.home()
		}
		return refreshed
	})
}

// tell gives news to every screen.
func (a *App) tell(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range a.screens {
		cmds = append(cmds, a.guard(s.Update(msg)))
	}
	return tea.Batch(cmds...)
}

// busy tells whether the screen on top waits for something. Until that came,
// what belongs to the visit is not the kiosk's to touch.
func (a *App) busy() bool {
	b, is := a.top().(screen.Waiter)
	return is && b.Busy()
}
