package accessibility

import "loket/flows/text"

// A verdict says whether a clause holds.
type verdict int

const (
	holds verdict = iota
	partly
	fails
)

// A clause is a requirement, or several that go together, and how the program meets it.
type clause struct {
	// number is the number in EN 301 549 V3.2.1 or, if it has the letters WCAG before it, in WCAG 2.2. A requirement that is in
	// neither has the name of its guideline.
	number  string
	asks    text.Text
	verdict verdict
	how     text.Text // how says how the clause is met, and if the verdict is partly or fails, why.
	shown   []string  // shown has the tests as "path: name", and the paths of recordings. A clause that fails has none.
}

// clauses are the clauses of the statement.
var clauses = []clause{
	{"EN 301 549 5.1.2.2, 5.1.3", text.New("Een gesloten kiosk spreekt", "A closed kiosk speaks"), holds, text.New(
		"Met F5 leest de kiosk voor wat op het scherm staat, en volgt daarbij waar je bent. Op een lange bladzijde hoor je eerst wat je kunt kiezen, en dan pas de tekst. Elke toets breekt het af, Insert herhaalt en spelt, en het menu Taal, weergave en hulp verandert de snelheid. De beheerder moet spraak aanzetten (--speech), en op SSH spreekt de schermlezer van de bezoeker.",
		"With F5 the kiosk reads out what is on the screen, and follows where you are. On a long page you first hear what you can choose, and only then the text. Any key interrupts, Insert repeats and spells, and the menu Language, view and help changes the speed. The operator must set up speech (--speech), and over SSH the visitor's own screen reader speaks."),
		[]string{"ui/speaking_test.go: TestSpokenFlows", "ui/speaking_test.go: TestSpeechInAForm", "ui/speaking_test.go: TestSpeechKeys", "ui/spoken_aids_test.go: TestLongPage", "ui/speech/dispatcher_test.go: TestRealDispatcher", "ui/plain/spoken/transcripts_test.go: TestHeardTranscripts", "ui/testdata/speech/log_in_stored.nl.txt"}},
	{"EN 301 549 5.1.3.8, 5.1.3.9", text.New("Gesproken geheimen en persoonlijke gegevens", "Spoken secrets and personal data"), holds, text.New(
		"Op een luidspreker noemt het loket geen namen, adressen, nummers, bedragen of getypte tekens: het zegt één keer per scherm dat die op het scherm staan. Op een hoofdtelefoon (--speech-headset) wel, en een wachtwoord alleen als de bezoeker het laat tonen.",
		"On a loudspeaker the desk speaks no names, addresses, numbers, amounts or typed characters: it says once for each screen that these are on the screen. On a headset (--speech-headset) it does, and a password only if the visitor has it shown."),
		[]string{"ui/speaking_test.go: TestSpokenFlows", "ui/speaking_test.go: TestSpeechOfASecret", "ui/narrator/narrator_test.go: TestRedact", "ui/narrator/narrator_test.go: TestPrivateOnce"}},
	{"EN 301 549 5.1.3.12, 5.1.3.13", text.New("Geluidssterkte", "Volume"), holds, text.New(
		"Harder en zachter staan in het menu Taal, weergave en hulp, en zijn Ctrl+A en Ctrl+B: vijf stappen, nooit stil. Elk bezoek begint met de sterkte die de beheerder instelde; wat je kiest blijft je hele bezoek zo.",
		"Louder and softer are in the menu Language, view and help, and are Ctrl+A and Ctrl+B: five steps, none of them silent. Each visit begins at the volume that the operator set; what you choose lasts for your whole visit."),
		[]string{"ui/speaking_test.go: TestSpeechKeys", "ui/speech/speaker_test.go: TestVolume", "ui/speech/dispatcher_test.go: TestRealDispatcher"}},
	{"EN 301 549 5.1.4", text.New("Grote letters op een gesloten kiosk", "Large text on a closed kiosk"), partly, text.New(
		"Voor het loket start, kiest de kiosk letters naar de maat van het scherm: hoofdletters van 7,3 mm of meer, te lezen van 60 cm. Daarvoor moet het scherm minstens 15 inch zijn en zijn maat noemen, of de beheerder noemt die. Op een kleiner scherm, of op een console met een oudere Linux of met 3840 bij 2160 beeldpunten, zijn de letters kleiner. Het logboek zegt dan van hoe ver ze te lezen zijn.",
		"Before the desk starts, the kiosk chooses letters by the size of the screen: capitals of 7.3 mm or more, which can be read from 60 cm. That takes a screen of at least 15 inches that reports its size, or an operator who gives it. On a smaller screen, or on a console with an older Linux or with 3840 by 2160 pixels, letters are smaller. The log then says from how far they can be read."),
		[]string{"ui/command/display/console_test.go: TestConsole", "ui/command/display/foot_test.go: TestFoot", "ui/command/desks/systemd_test.go: TestConsoleIsSetUp", "ui/themes_test.go: TestRoom"}},
	{"EN 301 549 5.1.6, WCAG 2.1.1", text.New("Alles met het toetsenbord", "Everything by keyboard"), holds, text.New(
		"Pijltjes, Tab, Enter, Esc en cijfers doen alles. Een klik doet hetzelfde als de toets.",
		"Arrows, Tab, Enter, Esc and digits do everything. A click does the same as the key."),
		[]string{"ui/frames_test.go: TestFrames", "ui/pressable_test.go: TestPressable"}},
	{"EN 301 549 5.1.6", text.New("Met alleen aanraken, of met één schakelaar", "By touch alone, or with one switch"), holds, text.New(
		"Elke stroom is af te maken met alleen aanraken en met één schakelaar: F11 tekent een toetsenbord, en met F12 lichten de keuzes om de beurt op. Dat begint ook door de spatiebalk drie tellen vast te houden; die doet dan eerst één keer wat hij altijd doet. Een eenheid van systemd zet het loket op een kiosk met een aanraakscherm. Het voorlezen noemt elke toets en wat er oplicht, maar op een luidspreker geen teken van een wachtwoord of code. De servicedesk is net zo te bedienen.",
		"Every flow can be finished by touch alone and with one switch: F11 draws a keyboard, and with F12 the choices light up in turn. Holding the space bar for three seconds begins that too; it then first does once what it always does. A unit of systemd puts the desk on a kiosk with a touch screen. Speech names each key and what is lit, but on a loudspeaker no character of a password or code. The service desk is worked in the same way."),
		[]string{"ui/hands_test.go: TestHands", "ui/service_calls_test.go: TestCalls", "ui/spoken_aids_test.go: TestListeners", "ui/testdata/speech/switch.nl.txt", "ui/testdata/speech/arrows.nl.txt", "ui/pressable_test.go: TestDialogPressed", "ui/touch_test.go: TestKeyboardReopens", "ui/command/desks/systemd_test.go: TestTouch"}},
	{"EN 301 549 5.2", text.New("Hulpmiddelen zelf aanzetten", "Features can be turned on by the visitor"), holds, text.New(
		"Taal, weergave, meer tijd, hulp en voorlezen hebben elk een toets op elk scherm, en staan in het menu Taal, weergave en hulp. Voorlezen gaat ook aan op het scherm van een kiosk zonder bezoeker.",
		"Language, view, more time, help and reading aloud each have a key on every screen, and are in the menu Language, view and help. Reading aloud can also be turned on at the screen of a kiosk without a visitor."),
		[]string{"ui/assistance_test.go: TestAssistance", "ui/speaking_test.go: TestSpeechOnAttract", "ui/function_keys_test.go: TestFunctionKeys"}},
	{"EN 301 549 5.2", text.New("Zonder schermbeeld verder, en terug", "Continuing without a screen layout, and back"), holds, text.New(
		"Met Ctrl+E, of in het menu Taal, weergave en hulp, gaat hetzelfde bezoek verder in alleen tekst, regel voor regel, en met /scherm weer terug. Je inlog, je plek, je tijd, je hulpmiddelen en wat je typte blijven, behalve wachtwoorden. Voorlezen doet het loket daar niet zelf.",
		"With Ctrl+E, or in the menu Language, view and help, the same visit goes on in text only, line by line, and with /screen back again. Your login, your place, your time, your aids and what you typed stay, except passwords. The desk itself does not read aloud there."),
		[]string{"ui/plain_face_test.go: TestFramesKept", "ui/plain_face_test.go: TestAidsKept", "ui/plain_face_test.go: TestSpeechAroundPlainFace", "ui/plain/full_screen_test.go: TestFullScreenAndBack", "ui/e2e/terminal/faces_linux_test.go: TestFacesOnTerminal", "ui/e2e/terminal/faces_linux_test.go: TestIdleAfterLines", "ui/ssh/faces_test.go: TestFacesOverSSH"}},
	{"EN 301 549 5.7, 5.8", text.New("Toetsen die herhalen of dubbel komen", "Keys that repeat or come twice"), holds, text.New(
		"Met Dubbele toetsen, in het menu Taal, weergave en hulp, telt een toets die je vasthoudt of twee keer raakt maar één keer: dezelfde toets telt pas na een tel opnieuw. Een toets die een scherm opent en te snel nog eens komt, doet nooit iets. Op een console begint een vastgehouden toets na een seconde te herhalen.",
		"With Double presses, in the menu Language, view and help, a key that you hold down or hit twice counts once: the same key counts again after a second. A key that opens a screen and comes again too soon never does anything. On a console a key that is held down begins to repeat after a second."),
		[]string{"ui/touch_test.go: TestDoublePresses", "ui/pressable_test.go: TestEchoDropped", "ui/command/display/console_test.go: TestConsole"}},
	{"EN 301 549 6.2", text.New("Bellen via tekst of gebarentaal", "Calling by text or sign language"), holds, text.New(
		"Service en contact noemt KPN Teletolk, en wie liever schrijft leest daar waar dat kan.",
		"Service and contact names KPN Teletolk, and says how to write instead of calling."),
		[]string{"ui/spoken_aids_test.go: TestLongPage", "ui/plain/testdata/contact.nl.txt"}},
	{"RNIB Clear Print", text.New("Brieven in grote letters", "Letters in large print"), holds, text.New(
		"Een klant kiest grote letters bij Mijn gegevens of bij de servicedesk, en een bezoeker die een brief aanvraagt kiest ze op die pagina. De tekst is dan 18 punten of meer, niets is grijs, en geen nummer is over twee regels of bladzijden verdeeld. Alleen het adres kan kleiner zijn, omdat het in het venster van de envelop moet passen. De bank kan de keuze ook met haar klantgegevens meesturen.",
		"A customer chooses large print under My details or at the service desk, and a visitor who asks for a letter chooses it on that page. The text then has 18 points or more, nothing is grey, and no number is split over two lines or pages. Only the address may be smaller, because it must fit the window of the envelope. The bank can also send the choice with its customer data."),
		[]string{"flows/courier/letter/large_test.go: TestLargePrint", "flows/courier/letter/large_test.go: TestLargeAddress", "flows/letter_print_test.go: TestLargePrintOfVisitors", "flows/testdata/change_letter_print.txt", "flows/testdata/set_letter_print.txt"}},
	{"WCAG 1.1.1, 1.3.1", text.New("Beelden hebben tekst", "Pictures have text"), holds, text.New(
		"Grafieken, grote cijfers en QR-codes staan ook als tekst op de platte weergave, en worden als tekst voorgelezen.",
		"Charts, large figures and QR codes are also text on the plain face, and are read out as text."),
		[]string{"ui/plain/testdata/products.nl.txt", "ui/testdata/speech/product.nl.txt"}},
	{"WCAG 1.4.1, 1.4.3, 1.4.11", text.New("Kleur en contrast", "Colour and contrast"), partly, text.New(
		"Niets staat alleen in kleur. Op zwart, op wit en op de console haalt tekst 4,5 op 1. Op een terminal met een gekleurde achtergrond kan dat minder zijn: kies dan een weergave met meer contrast (F7).",
		"Nothing is told by colour alone. On black, on white and on the console, text reaches 4.5 to 1. On a terminal with a tinted background it may be less: choose a view with more contrast (F7)."),
		[]string{"ui/looks_test.go: TestLooks", "ui/themes_test.go: TestPaper", "ui/web/app/page/page_test.go: TestContrast"}},
	{"WCAG 1.4.4, 1.4.10", text.New("Twee keer zo groot, zonder te schuiven", "Twice as large, without scrolling sideways"), holds, text.New(
		"Elk scherm heeft op het kleinste venster dezelfde woorden. De platte weergave past zich aan de breedte aan.",
		"Every screen has the same words on the smallest window. The plain face adapts to the width."),
		[]string{"ui/narrow_test.go: TestNarrow", "ui/plain/lines/writer_test.go: TestWidth"}},
	{"WCAG 2.1.2, 2.1.4", text.New("Geen val, geen letters als sneltoets", "No trap, no letters as shortcuts"), holds, text.New(
		"Esc gaat overal terug, en vraagt het eerst als je iets kwijt zou raken.",
		"Esc goes back everywhere, and asks first if you would lose something."),
		[]string{"ui/testdata/speech/dialog_leave.nl.txt"}},
	{"WCAG 2.2.1", text.New("Tijd", "Time"), holds, text.New(
		"Voor een bezoek eindigt, vraagt het loket of je er nog bent: elke toets geeft meer tijd, zo vaak als je wilt. Met F2 krijg je drie keer zoveel tijd. Tijd telt vanaf het einde van het voorlezen.",
		"Before a visit ends, the desk asks whether you are still there: any key gives more time, as often as you like. With F2 you get three times as long. Time counts from the end of speech."),
		[]string{"ui/idle_test.go: TestMoreTime", "ui/idle_test.go: TestTakeYourTime", "ui/speaking_test.go: TestIdleAfterSpeech"}},
	{"WCAG 2.4.3, 2.4.7", text.New("Volgorde, en zien waar je bent", "Order, and seeing where you are"), holds, text.New(
		"Een driehoek, een balk en de echte cursor staan bij wat je kiest. Elk scherm heeft een punt waar een schermlezer begint.",
		"A triangle, a bar and the real cursor are at what you choose. Every screen has a point where a screen reader begins."),
		[]string{"ui/frames_test.go: TestFrames"}},
	{"WCAG 3.1.1", text.New("Taal", "Language"), holds, text.New(
		"Alles is er in het Nederlands en het Engels, en elke taal heeft haar eigen stem.",
		"Everything is in Dutch and English, and each language has its own voice."),
		[]string{"ui/speaking_test.go: TestSpeechKeys", "ui/e2e/house/readme_test.go: TestTexts"}},
	{"WCAG 3.3.1, 3.3.3, 3.3.4", text.New("Fouten", "Errors"), holds, text.New(
		"Een fout staat bij het veld en wordt daar voorgelezen, met hoe het wel moet. Wat je typte blijft staan, behalve geheimen.",
		"An error is at its field and is read out there, with how to mend it. What you typed stays, except secrets."),
		[]string{"ui/testdata/speech/activate_problems.nl.txt"}},
	{"WCAG 3.3.7, 3.3.8", text.New("Niets twee keer, geen geheugentest", "Nothing twice, no memory test"), holds, text.New(
		"Wat je al invulde, staat er de volgende keer. Inloggen kan ook met de telefoon, en een wachtwoord mag je plakken en bekijken.",
		"What you filled in before stands there the next time. You can also log in with your phone, and may paste and see a password."),
		[]string{"ui/testdata/speech/log_in_app_done.nl.txt", "ui/form_test.go: TestPaste"}},
}
