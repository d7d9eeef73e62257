package phone

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"

	"loket/ui/e2e/driver"
)

// browserMust is an environment variable. If its value is "must", the tests fail instead of being skipped when there is no
// browser or no program that reads QR codes.
const browserMust = "LOKET_TEST_BROWSER"

// needs returns the path of one of the named programs. If none is installed, it skips the test and names the Debian packages
// that have them.
func needs(t *testing.T, pkg string, names ...string) string {
	t.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv(browserMust) == "must" {
		t.Fatalf("there is no %s here, and %s is set", names[0], browserMust)
	}
	t.Skipf("there is no %s here: apt-get install %s", names[0], pkg)
	return ""
}

// A tab is a browser tab with the width of a small phone.
type tab struct {
	*testing.T
	ctx context.Context

	mu       sync.Mutex
	posted   []post
	troubles []string // troubles are the errors and warnings in the developer console.
}

// A post is a form that the browser has sent.
type post struct {
	to   string
	form url.Values
}

// The width and height of the page, in CSS pixels.
const phoneWidth, phoneHeight = 320, 568

// opened opens a browser that can reach only this machine, and that is closed at the end of the test. Its profile is a
// temporary folder of chromedp, which waits for all processes of the browser before it removes the folder.
func opened(t *testing.T, chromium string) *tab {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	ctx, ends := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium), chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("no-pings", true),
		chromedp.Flag("no-proxy-server", true), chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"),
		chromedp.Flag("lang", "nl"), chromedp.Flag("accept-lang", "nl"),
	)...)
	t.Cleanup(ends)
	quiet := func(string, ...any) {}
	return newTab(t, ctx, chromedp.WithLogf(quiet), chromedp.WithErrorf(quiet))
}

// another opens a second tab in the same browser.
func (b *tab) another() *tab { return newTab(b.T, b.ctx) }

func newTab(t *testing.T, in context.Context, options ...chromedp.ContextOption) *tab {
	t.Helper()
	ctx, closes := chromedp.NewContext(in, options...)
	t.Cleanup(closes)
	b := &tab{T: t, ctx: ctx}
	if err := chromedp.Listen(ctx, b.hears); err != nil {
		t.Fatal(err)
	}
	b.does(chromedp.EmulateViewport(phoneWidth, phoneHeight, chromedp.EmulateMobile, chromedp.EmulateTouch))
	return b
}

// hears records the events of the browser.
func (b *tab) hears(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if e.Request.Method != "POST" {
			return
		}
		var body []byte
		for _, part := range e.Request.PostDataEntries {
			body = append(body, part.Bytes...)
		}
		form, err := url.ParseQuery(string(body))
		if err != nil {
			b.troubles = append(b.troubles, err.Error())
		}
		b.posted = append(b.posted, post{e.Request.URL, form})
	case *runtime.EventExceptionThrown:
		b.troubles = append(b.troubles, fmt.Sprint(e.ExceptionDetails.Text, " ", e.ExceptionDetails.URL, ":", e.ExceptionDetails.LineNumber))
	case *log.EventEntryAdded:
		if e.Entry.Source != log.EntrySourceNetwork { // The status of an HTTP response is such an event.
			b.troubles = append(b.troubles, e.Entry.Text)
		}
	}
}

// sent returns the form that was sent last.
func (b *tab) sent() post {
	b.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.posted) == 0 {
		b.Fatal("no form was sent")
	}
	return b.posted[len(b.posted)-1]
}

// untroubled checks that the browser reported no errors or warnings about the pages.
func (b *tab) untroubled() {
	b.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, trouble := range b.troubles {
		b.Errorf("the browser says: %s", trouble)
	}
}

// does makes the browser do something, with a time limit.
func (b *tab) does(what chromedp.Action[chromedp.Void]) {
	b.Helper()
	asks(b, what)
}

// asks makes the browser do something that has a result.
func asks[T any](b *tab, what chromedp.Action[T]) T {
	b.Helper()
	if err := chromedp.Do(b.ctx); err != nil { // This call starts the browser, without a time limit.
		b.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(b.ctx, driver.WaitLimit)
	defer cancel()
	result, err := chromedp.Run(ctx, what)
	if err != nil {
		ctx, cancel := context.WithTimeout(b.ctx, driver.WaitLimit)
		defer cancel()
		shown, _ := chromedp.Run(ctx, chromedp.Evaluate[string]("location.href + '\\n' + document.body.innerHTML"))
		b.Fatalf("%v, at %s", err, shown)
	}
	return result
}

// opens goes to an address.
func (b *tab) opens(address string) {
	b.Helper()
	b.does(chromedp.Navigate(address))
}

// at waits until a page and all its parts are loaded. It checks that the page fits in the width of the tab.
func (b *tab) at(state string) {
	b.Helper()
	b.does(chromedp.WaitReady(chromedp.CSS(fmt.Sprintf("main#page[data-state=%q]", state))))
	if wide := asks(b, chromedp.Evaluate[int](width, chromedp.EvalAwaitPromise)); wide > phoneWidth {
		b.Errorf("page %q is %d wide", state, wide)
	}
}

// width is the script that returns the width of a page after it is loaded.
const width = `new Promise(tell => {
	const look = () => tell(document.documentElement.scrollWidth);
	document.readyState == "complete" ? look() : addEventListener("load", look);
})`

func (b *tab) presses(selector string) {
	b.Helper()
	b.does(chromedp.Click(chromedp.CSS(selector)))
}

// reads returns the text of an element.
func (b *tab) reads(selector string) string {
	b.Helper()
	return asks(b, chromedp.Text(chromedp.CSS(selector)))
}

// without removes a feature from the browser for all pages that are loaded later.
func (b *tab) without(name string) {
	b.Helper()
	call(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: "delete window." + name})
}

// A phone is a virtual authenticator, which makes passkeys for the pages in a tab.
type phone struct {
	*tab
	id webauthn.AuthenticatorID
}

// phone turns the tab into the browser of a phone whose owner always confirms who they are.
func (b *tab) phone() *phone {
	b.Helper()
	call(b, webauthn.Enable, webauthn.EnableParams{})
	made := call(b, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
		HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
	}})
	return &phone{b, made.AuthenticatorID}
}

// call sends a command of the DevTools protocol.
func call[P, R any](b *tab, command cdp.Command[P, R], with P) R {
	b.Helper()
	return asks(b, func(ctx context.Context, t *chromedp.Target) (R, error) { return cdp.Call(ctx, t, command, with) })
}

// passkey returns the only passkey on the phone, or nil.
func (p *phone) passkey() *webauthn.Credential {
	p.Helper()
	all := call(p.tab, webauthn.GetCredentials, webauthn.GetCredentialsParams{AuthenticatorID: p.id}).Credentials
	switch len(all) {
	case 0:
		return nil
	case 1:
		return all[0]
	}
	p.Fatalf("it has %d passkeys", len(all))
	return nil
}

// counted sets the number of signatures that the passkey has made.
func (p *phone) counted(times float64) {
	p.Helper()
	call(p.tab, webauthn.SetCredentialProperties, webauthn.SetCredentialPropertiesParams{
		AuthenticatorID: p.id, CredentialID: p.passkey().CredentialID, SignCount: &times,
	})
}
