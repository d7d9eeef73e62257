package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"loket/flows/contact"
	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/aids"
	"loket/ui/background"
	"loket/ui/demo"
	"loket/ui/dialog"
	"loket/ui/form"
	"loket/ui/handover"
	"loket/ui/keys"
	"loket/ui/layout"
	"loket/ui/navigation"
	"loket/ui/pages"
	"loket/ui/screen"
	"loket/ui/screenreader"
	"loket/ui/theme"
)

// App is the kiosk. It has the current visit and its open screens.
type App struct {
	desk    *desk.Desk
	options Options
	workers *background.Workers

	visit *flow.Visit
	// customerName is the name of the logged-in customer, for the header. It is "" if no customer is logged in.
	customerName   string
	ctx            context.Context // ctx is canceled when the visit ends.
	cancelVisit    context.CancelFunc
	screens        navigation.Stack[screen.Screen] // screens are the open screens. The last one is visible.
	dialog         *dialog.Dialog                  // dialog is the open question, which receives all keys. It is nil if there is none.
	isAttractShown bool                            // isAttractShown is true if a walk-in kiosk shows the attract screen, because there is no visitor.
	idle           navigation.IdleTimer
	echoFilter     keys.RepeatFilter
	hasPressedKey  bool // hasPressedKey is true if the visitor pressed a key of a keyboard.
	hasTouched     bool // hasTouched is true if the visitor touched the screen, or clicked.
	aids           aids.Aids
	drawnAids      aids.Drawn // drawnAids are the aids when they were last drawn.
	reader         screenreader.Reader
	loginCheck     loginCheck
	leaving        *handover.Visit // leaving is what the plain face will take over. It is nil while the visit stays on the full screen.
	startCmd       tea.Cmd         // startCmd is the command with which a visit from the plain face begins here.

	ignoreInputUntil time.Time // ignoreInputUntil is when input counts again, after a visit that ended by a timeout.

	hasDrawnFrame bool // hasDrawnFrame is true after the first frame was drawn.

	language     text.Language
	terminal     layout.Terminal
	themeName    theme.Name
	themeChanged bool        // themeChanged is true if the last key chose the theme.
	theme        theme.Theme // theme is the chosen theme with the colours that the terminal has.
	viewport     layout.Viewport
	cachedView   cachedView
	poller       form.Poller
}

// New returns a kiosk at a desk. When ctx is done, its background work is canceled.
func New(ctx context.Context, desk *desk.Desk, o Options) *App {
	o = o.withDefaults()
	a := &App{desk: desk, options: o, workers: background.NewWorkers(ctx), reader: screenreader.New(o.Speaker, o.IsHeadset, contact.TelephoneNumbers(desk)), cancelVisit: func() {}}
	a.terminal.Profile = colorprofile.ANSI
	a.resetLanguageAndTheme()
	a.beginVisit(nil)
	if a.options.Demo != nil {
		a.screens.BeginAtHome(pages.NewWelcomeMenu(a.visit))
	}
	a.showAttract()
	if given := o.Handover.Take(); given != nil {
		a.startCmd = a.takeOver(given)
	}
	return a
}

// resetLanguageAndTheme sets the language and the theme with which every visit begins.
func (a *App) resetLanguageAndTheme() {
	a.language, a.themeName, a.themeChanged = a.options.Language, a.options.Theme, false
	a.applyTheme()
}

// applyTheme sets the chosen theme, with the colours that the terminal has.
func (a *App) applyTheme() {
	a.theme = theme.New(a.themeName, a.terminal.Profile, a.terminal.IsConsole)
}

// Init starts the tick of every second, and a visit from the plain face.
func (a *App) Init() tea.Cmd { return tea.Batch(nextTick(), a.startCmd) }

// Update handles a message. The ticks also continue after a panic.
func (a *App) Update(msg tea.Msg) (_ tea.Model, cmd tea.Cmd) {
	if a.leaving != nil {
		return a, nil // The visit already belongs to the plain face.
	}
	defer func() { cancelFlows(a.workers, a.options.Log, a.screens.TakeClosed()) }()
	_, ticks := msg.(tickMsg)
	if !ticks {
		a.cachedView = cachedView{}
	}
	if f := background.CatchPanic(func() { cmd = tea.Batch(a.handleMessage(msg), a.updatePolling()) }); f != nil {
		cmd = a.showApology(*f)
	}
	if ticks {
		cmd = tea.Batch(cmd, nextTick())
	}
	a.followFocus()
	a.options.Presence.SetPlace(a.shownPlace())
	if !a.isBusy() { // A flow that runs in the background may be changing the visit.
		a.customerName = a.visit.Name
	}
	if f := background.CatchPanic(func() { a.readChanges(msg) }); f != nil {
		cmd = tea.Batch(cmd, a.showApology(*f))
	}
	return a, cmd
}

// shownPlace returns the place that is shown, or "" if no visitor is there.
func (a *App) shownPlace() place.ID {
	if a.isAttractShown {
		return ""
	}
	return a.screens.TopPlace()
}

func (a *App) handleMessage(msg tea.Msg) tea.Cmd {
	if a.isIgnoredInput(msg) {
		return nil
	}
	a.recordInputKind(msg)
	a.reader.Interrupt(msg)
	if began, cmd := a.beginVisitByInput(msg); began {
		return cmd
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.terminal.Width, a.terminal.Height = msg.Width, msg.Height
	case tea.ColorProfileMsg:
		a.terminal.Profile = msg.Profile
		a.applyTheme()
	case tea.EnvMsg:
		a.terminal.IsConsole, a.terminal.IsConsoleKnown = msg.Getenv("TERM") == "linux", true
		a.applyTheme()
	case tickMsg:
		a.options.ReportAlive()
		return a.handleTick(time.Time(msg))
	case aids.ScanTick:
		return a.aids.Tick(a.desk.Clock.RealNow())
	case background.Fault:
		return a.showApology(msg)
	case tea.KeyPressMsg:
		return a.handleKey(msg)
	case tea.PasteMsg:
		return a.handlePaste(msg)
	case tea.MouseClickMsg:
		return a.handleClick(msg)
	case tea.MouseWheelMsg:
		return a.handleWheel(msg)
	case background.VisitMsg:
		if msg.Visit == a.visit {
			return a.navigate(msg.Msg)
		}
	}
	return nil
}

// navigate handles a navigation message of a screen. It passes any other message to all screens.
func (a *App) navigate(msg tea.Msg) tea.Cmd {
	if a.isBusy() && isNavigation(msg) {
		return nil // The screen on top has already started work that it waits for.
	}
	switch msg := msg.(type) {
	case navigation.Move:
		return a.navigateTo(msg)
	case screen.OpenMsg:
		return a.openScreen(msg.Screen)
	case screen.ReplaceMsg:
		a.screens.KeepLowestScreens(a.screens.Len() - 1)
		return a.openScreen(msg.Screen)
	case form.FlowEndedMsg:
		return a.handleFlowEnd(msg.Form)
	case screen.PressMsg:
		_, cmd := a.handleGlobalKey(msg.Key)
		return cmd
	case screen.OfferKeyboard:
		if msg.IsFocused {
			a.aids.Keyboard.Reopen()
		} else {
			a.aids.Keyboard.Offer()
		}
	case screen.ToggleRepeats:
		a.aids.IgnoresRepeats = !a.aids.IgnoresRepeats
	case screen.AskLogOutMsg:
		return a.askToLogOut()
	case demo.FillInMsg:
		return a.fillInPerson(msg)
	case loginCheckResult:
		return a.handleLoginCheck(msg)
	case screen.BackgroundWork:
		return a.runInBackground(a.ctx, msg.Work)
	case form.StartPoll:
		return a.runInBackground(msg.Ctx, msg.Work)
	case form.PollResult:
		return a.bindToVisit(a.poller.Handle(msg))
	case screen.ErrorReport:
		a.options.Log.Error(msg.Doing, "visit", a.visit.ID, "error", msg.Err)
	case background.Fault:
		return a.showApology(msg)
	default:
		return a.broadcast(msg)
	}
	return nil
}

// topScreen returns the visible screen.
func (a *App) topScreen() screen.Screen { return a.screens.Top() }

// bindToVisit returns a command that marks the message of cmd as belonging to the current visit.
func (a *App) bindToVisit(cmd tea.Cmd) tea.Cmd { return background.BindToVisit(a.visit, cmd) }

// runInBackground returns a command that runs work in the background. Every screen of the visit receives the message that work
// returns.
func (a *App) runInBackground(ctx context.Context, work func(context.Context) tea.Msg) tea.Cmd {
	return a.workers.RunForVisit(ctx, a.visit, work)
}

// updatePolling starts to poll for the form on top if that form waits for an event, and stops polling for any other form. It
// does not poll while another screen is on top or a question is open.
func (a *App) updatePolling() tea.Cmd {
	var wanted form.Poll
	if f, is := a.topScreen().(*form.Form); is && a.dialog == nil {
		wanted = f.CurrentPoll()
	}
	log, visit := a.options.Log, a.visit.ID
	start := a.poller.Follow(a.ctx, a.desk.Clock, wanted, func(err error) {
		log.Error("look whether a phone came", "visit", visit, "error", err)
	})
	if start == nil {
		return nil
	}
	return a.bindToVisit(screen.Send(*start))
}

// broadcast sends a message to every open screen.
func (a *App) broadcast(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range a.screens.OpenScreens() {
		cmds = append(cmds, a.bindToVisit(s.Update(msg)))
	}
	return tea.Batch(cmds...)
}

// isBusy reports whether the screen on top waits for background work. Until that work has ended, the kiosk must not use the
// visit.
func (a *App) isBusy() bool {
	b, is := a.topScreen().(screen.BusyScreen)
	return is && b.Busy()
}
