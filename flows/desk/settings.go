package desk

import (
	"encoding"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"loket/flows/dutch"
	"loket/flows/timespan"
)

// Settings are the settings of the desk that an operator can change. The struct tags hold each setting's default and the help
// text of its flag. Settings with scope:"process" may differ between the processes of one database.
type Settings struct {
	NumberMonths int `default:"6" help:"Months that an activation number works."`

	TemporaryByEmail  time.Duration `default:"24h" help:"How long a temporary password from an e-mail works."`
	TemporaryByLetter time.Duration `default:"21d" help:"How long a temporary password from a letter works after the letter has arrived."`
	LetterDays        int           `default:"5" help:"Working days within which a letter arrives."`
	LetterDaysAbroad  int           `default:"15" help:"Working days within which a letter arrives in another country."`
	AppLogIn          time.Duration `default:"2m" help:"How long the desk waits for a phone that is to log somebody in."`
	AppPairing        time.Duration `default:"5m" help:"How long it waits for a phone that is to be paired."`
	AppPhones         int           `default:"5" help:"Phones that one customer can have paired."`
	CodeLasts         time.Duration `default:"30m" help:"How long a code works that confirms a new e-mail address."`
	CodeTries         int           `default:"5" help:"Wrong codes after which the right one no longer works either."`
	EmailUnconfirmed  time.Duration `default:"7d" help:"How long an e-mail address that the service desk set gets no messages, unless its owner confirms it with a code."`
	RequestsPerDay    int           `default:"3" help:"Temporary passwords, usernames, activation numbers and codes that one person can ask for in a day, each."`

	FreeTries      int           `default:"3" help:"Wrong answer about one username or number from which on the next one waits."`
	LongestWait    time.Duration `default:"15m" help:"Longest wait after wrong answers about one username or number."`
	TriesUntilOff  int           `default:"100" help:"Wrong passwords in a row over all terminals after which a password is off until a new one is chosen."`
	TriesHere      int           `default:"20" help:"Wrong passwords in a row at one terminal after which a password is off there, and the part of that terminal in those over all."`
	TerminalTries  int           `default:"20" help:"Wrong answers within the terminal window after which the terminal pauses."`
	TerminalWindow time.Duration `default:"10m" help:"Time over which wrong answers at a terminal count."`
	TerminalPause  time.Duration `default:"60s" help:"How long a terminal pauses."`
	RushTries      int           `default:"300" help:"Wrong answers a minute over all terminals from which on every answer is slowed down."`
	RushWait       time.Duration `default:"5s" help:"Most that an answer is slowed down."`
	Neutral        time.Duration `default:"500ms" help:"Time after which an answer comes that must not tell whether somebody exists."`

	IdleBefore      time.Duration `default:"60s" scope:"process" help:"Idle time before logging in, after which the visit is about to end."`
	IdleAfter       time.Duration `default:"120s" scope:"process" help:"The same, after logging in."`
	IdleWarned      time.Duration `default:"30s" scope:"process" help:"Time to answer the warning that the visit is about to end."`
	ServiceDeskLock time.Duration `default:"5m" scope:"process" help:"Idle time after which the screen of the service desk locks, and a card that is open closes."`
	CardsPerHour    int           `default:"60" help:"Cards of customers that one key opens in an hour at the screen of the service desk."`
	Visit           time.Duration `default:"20m" scope:"process" help:"Longest time that a visit, or one step of it, takes."`

	SupportPhone dutch.Telephone       `default:"" help:"Telephone number of Digital Support; without one, customers are told to look on nn.nl."`
	SupportEmail EmailAddress          `default:"" help:"E-mail address that customers can write to; without one, they are told to look on nn.nl."`
	RelayPhone   dutch.Telephone       `default:"" help:"Telephone number of KPN Teletolk, if there is one to dial; it is on kpnteletolk.nl otherwise."`
	RelayHours   dutch.DaySpan         `default:"7:00-22:00" help:"When the interpreters of KPN Teletolk work, every day."`
	ServiceEmail EmailAddress          `default:"" help:"E-mail address of the service desk, for what customers ask of it; without one it gets letters."`
	Holidays     dutch.HolidayCalendar `default:"public" help:"Days on which no line is open and no letter arrives, with commas between them: public for those of most employers, names such as good-friday, and dates such as 2026-12-24."`
}

// DefaultSettings returns the default settings.
func DefaultSettings() (s Settings) {
	for field := range reflect.TypeFor[Settings]().Fields() {
		if err := s.SetByName(field.Name, field.Tag.Get("default")); err != nil {
			panic(fmt.Sprintf("default of setting %s: %v", field.Name, err))
		}
	}
	return s
}

// SetByName parses a value and assigns it to the field with the given name.
func (s *Settings) SetByName(name, value string) error {
	field := reflect.ValueOf(s).Elem().FieldByName(name)
	if reads, is := field.Addr().Interface().(encoding.TextUnmarshaler); is {
		return reads.UnmarshalText([]byte(value))
	}
	if field.Type() == reflect.TypeFor[time.Duration]() {
		d, err := timespan.Parse(value)
		field.SetInt(int64(d))
		return err
	}
	n, err := strconv.Atoi(value)
	field.SetInt(int64(n))
	return err
}

// EmailAddress is an e-mail address that an operator has set. It can be empty.
type EmailAddress string

// UnmarshalText parses an address as ParseEmail does. The text can be empty.
func (e *EmailAddress) UnmarshalText(text []byte) error {
	if strings.TrimSpace(string(text)) == "" {
		*e = ""
		return nil
	}
	address, wrong := ParseEmail(string(text))
	if wrong != nil {
		return fmt.Errorf("%q is not an e-mail address: %s", text, wrong.EN)
	}
	*e = EmailAddress(address)
	return nil
}
