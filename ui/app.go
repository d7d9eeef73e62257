package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"loket/flows/desk"
	"loket/flows/flow"
	"loket/flows/place"
	"loket/flows/text"
	"loket/ui/demo"
	"loket/ui/dialog"
	"loket/ui/form"
	"loket/ui/keys"
	"loket/ui/navigation"
	"loket/ui/pages"
	"loket/ui/screen"
	"loket/ui/theme"
)

// App is the kiosk. It has the current visit and its open screens.
type App struct {
	desk    *desk.Desk
	options Options
	workers *workers

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
	aids           aids
	drawnAids      drawnAids // drawnAids are the aids when they were last drawn.
	isScanTicking  bool      // isScanTicking is true if a scanTick is on its way.
	checkedAt      time.Time // checkedAt is when the login was last checked, by the time of idle.

	ignoreInputUntil time.Time // ignoreInputUntil is when input counts again, after a visit that ended by a timeout.

	hasDrawnFrame bool // hasDrawnFrame is true after the first frame was drawn.

	language     text.Language
	terminal     terminal
	themeName    theme.Name
	themeChanged bool        // themeChanged is true if the last key chose the theme.
	theme        theme.Theme // theme is the chosen theme with the colours that the terminal has.
	viewport     viewport
	cachedView   cachedView
	speaking     speaking
	poller       poller
}

// New returns a kiosk at a desk. When ctx is done, its background work is canceled.
func New(ctx context.Context, desk *desk.Desk, o Options) *App {
	a := &App{desk: desk, options: o.withDefaults(), workers: newWorkers(ctx), cancelVisit: func() {}}
	a.terminal.profile = colorprofile.ANSI
	a.resetLanguageAndTheme()
	a.beginVisit(nil)
	if a.options.Demo != nil {
		a.screens.BeginAtHome(pages.NewWelcomeMenu(a.visit))
	}
	a.showAttract()
	return a
}

// resetLanguageAndTheme sets the language and the theme with which every visit begins.
func (a *App) resetLanguageAndTheme() {
	a.language, a.themeName, a.themeChanged = a.options.Language, a.options.Theme, false
	a.applyTheme()
}

// applyTheme sets the chosen theme, with the colours that the terminal has.
func (a *App) applyTheme() {
	a.theme = theme.New(a.themeName, a.terminal.profile, a.terminal.isConsole)
}

// Init starts the tick of every second.
func (a *App) Init() tea.Cmd { return nextTick() }

// tickMsg is sent every second, with the real time. It only measures how much time has passed. The date and the time of day
// come from the desk's clock.
type tickMsg time.Time

func nextTick() tea.Cmd {
	return tea.Tick(time.Second, func(t time.Time) tea.Msg { return tickMsg(t) })
}

// Update handles a message. The ticks also continue after a panic.
func (a *App) Update(msg tea.Msg) (_ tea.Model, cmd tea.Cmd) {
	defer a.cancelClosedFlows()
	_, ticks := msg.(tickMsg)
	if !ticks {
		a.cachedView = cachedView{}
	}
	if f := catchPanic(func() { cmd = tea.Batch(a.handleMessage(msg), a.updatePolling()) }); f != nil {
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
	if f := catchPanic(func() { a.speakChanges(msg) }); f != nil {
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
	a.interruptSpeech(msg)
	if began, cmd := a.beginVisitByInput(msg); began {
		return cmd
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.terminal.width, a.terminal.height = msg.Width, msg.Height
	case tea.ColorProfileMsg:
		a.terminal.profile = msg.Profile
		a.applyTheme()
	case tea.EnvMsg:
		a.terminal.isConsole, a.terminal.isConsoleKnown = msg.Getenv("TERM") == "linux", true
		a.applyTheme()
	case tickMsg:
		a.options.ReportAlive()
		return a.handleTick(time.Time(msg))
	case scanTick:
		return a.handleScanTick()
	case programFault:
		return a.showApology(msg)
	case tea.KeyPressMsg:
		return a.handleKey(msg)
	case tea.PasteMsg:
		return a.handlePaste(msg)
	case tea.MouseClickMsg:
		return a.handleClick(msg)
	case tea.MouseWheelMsg:
		return a.handleWheel(msg)
	case visitBoundMsg:
		if msg.visit == a.visit {
			return a.navigate(msg.msg)
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
		a.aids.keyboard.Offer()
	case screen.AskLogOutMsg:
		return a.askToLogOut()
	case demo.FillInMsg:
		return a.fillInPerson(msg)
	case loginCheckResult:
		return a.handleLoginCheck(msg)
	case screen.BackgroundWork:
		return a.runInBackground(a.ctx, msg.Work)
	case startPoll:
		return a.runInBackground(msg.ctx, msg.work)
	case pollResult:
		return a.handlePollResult(msg)
	case screen.ErrorReport:
		a.options.Log.Error(msg.Doing, "visit", a.visit.ID, "error", msg.Err)
	case programFault:
		return a.showApology(msg)
	default:
		return a.broadcast(msg)
	}
	return nil
}

// isNavigation reports whether a message takes the visitor to another screen.
func isNavigation(msg tea.Msg) bool {
	switch msg.(type) {
	case navigation.Move, screen.AskLogOutMsg:
		return true
	}
	return false
}

// topScreen returns the visible screen.
func (a *App) topScreen() screen.Screen { return a.screens.Top() }

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
