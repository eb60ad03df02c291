package xelion

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"callboard/internal/state"
)

var update = flag.Bool("update", false, "write what Decode says into testdata/frames/*.want")

// Each frame of testdata/frames stands beside what the decoder makes of it, in
// words. To add one: write the .json, run with -update, read the .want.
func TestDecodeFrames(t *testing.T) {
	frames, err := filepath.Glob("testdata/frames/*.json")
	if err != nil || len(frames) == 0 {
		t.Fatalf("no frames in testdata: %v", err)
	}
	for _, path := range frames {
		name := strings.TrimSuffix(filepath.Base(path), ".json")
		t.Run(name, func(t *testing.T) {
			frame, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := describe(Decode(frame, nil))
			golden := strings.TrimSuffix(path, ".json") + ".want"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s is read differently now (-before +now):\n%s", name, diff)
			}
		})
	}
}

// describe puts messages into lines.
func describe(messages []Message) string {
	var b strings.Builder
	for _, m := range messages {
		kind := [...]string{"odd", "event", "echo", "resync", "other", "presence"}[m.Kind]
		fmt.Fprintln(&b, strings.TrimSpace(kind+" "+m.Type))
		if m.Kind == KindEvent {
			e := m.Event
			line := func(name, text string) {
				if text != "" {
					fmt.Fprintf(&b, "  %s: %q\n", name, text)
				}
			}
			line("type", e.Type.String())
			line("call", e.CallID)
			if !e.Date.IsZero() {
				line("date", e.Date.Format("2006-01-02 15:04:05.999 MST"))
			}
			line("initiation", e.Initiation)
			line("line", e.Line)
			if e.Duration >= 0 {
				line("duration", e.Duration.String())
			}
			party(line, "caller", e.Caller)
			party(line, "callee", e.Callee)
		}
		if m.Kind == KindPresence {
			p := m.Presence.Presence
			fmt.Fprintf(&b, "  version %d, id %q, addressable %q, name %q, status %q, message %q, gone %v\n",
				m.Presence.Version, p.ID, p.Addressable, p.Name, p.Status, p.Message, p.Gone)
		}
		for _, o := range m.Oddities {
			fmt.Fprintf(&b, "  %s %q\n", o.Kind, o.Sample)
		}
	}
	return b.String()
}

func party(line func(name, text string), side string, p state.Party) {
	line(side+" flow", p.FlowID)
	line(side+" user", p.User)
	line(side+" user addressable", p.UserAddressable)
	line(side+" number", p.Number)
	line(side+" addressable", p.Addressable)
	line(side+" sync id", p.SyncID)
	line(side+" sync source", p.SyncSource)
	line(side+" call log", p.CallLog)
}

// texts are all texts of an event.
func texts(e state.Event) []string {
	all := []string{e.CallID, e.Initiation, e.Line}
	for _, p := range []state.Party{e.Caller, e.Callee} {
		all = append(all, p.FlowID, p.User, p.UserAddressable, p.Number, p.Addressable, p.SyncID, p.SyncSource, p.CallLog)
	}
	return all
}

// FuzzDecode holds what must be true of any frame whatever.
func FuzzDecode(f *testing.F) {
	frames, _ := filepath.Glob("testdata/frames/*.json")
	for _, path := range frames {
		if frame, err := os.ReadFile(path); err == nil && len(frame) < 4096 {
			f.Add(frame)
		}
	}
	f.Fuzz(func(t *testing.T, frame []byte) {
		messages := Decode(frame, nil)
		if len(messages) == 0 && len(frame) < 100 {
			t.Error("a frame that leads to nothing at all is not even counted")
		}
		odd := 0
		for _, m := range messages {
			if m.Kind == KindEvent {
				if m.Event.Type == 0 {
					t.Error("event without a type")
				}
				for _, s := range texts(m.Event) {
					if !utf8.ValidString(s) || utf8.RuneCountInString(s) > longestField || strings.ContainsFunc(s, unicode.IsControl) {
						t.Errorf("field %q: want valid UTF-8, at most %d runes, no control characters", s, longestField)
					}
				}
				if d := m.Event.Date; !d.IsZero() && (d.Year() < firstYear || d.Year() > lastYear) {
					t.Errorf("date %v is absurd and should be unknown", d)
				}
				if m.Event.Duration < -1 || m.Event.Duration > longestCall {
					t.Errorf("duration %v", m.Event.Duration)
				}
			}
			if p := m.Presence.Presence; m.Kind == KindPresence {
				for _, s := range []string{p.ID, p.Addressable, p.Name, p.Status, p.Message} {
					if !utf8.ValidString(s) || utf8.RuneCountInString(s) > longestField || strings.ContainsFunc(s, unicode.IsControl) {
						t.Errorf("presence %q: want valid UTF-8, at most %d runes, no control characters", s, longestField)
					}
				}
			}
			for _, o := range m.Oddities {
				odd++
				if len(o.Sample) > longestSample || !utf8.ValidString(o.Sample) || strings.ContainsFunc(o.Sample, unicode.IsNumber) {
					t.Errorf("sample %q: want at most %d bytes of UTF-8 without digits", o.Sample, longestSample)
				}
			}
		}
		if odd > maxOddities {
			t.Errorf("one frame reports %d oddities", odd)
		}
		// Whatever strict JSON accepts must not count as malformed here.
		var strict map[string]any
		if json.Unmarshal(frame, &strict) == nil && strict != nil {
			for _, m := range messages {
				for _, o := range m.Oddities {
					if o.Kind == state.MalformedMessage {
						t.Errorf("valid JSON %q counts as malformed", frame)
					}
				}
			}
		}
	})
}

// An event among garbage is found wherever it stands, and garbage never
// spoils the next message.
func TestGarbageDoesNotSpoilTheNextMessage(t *testing.T) {
	good := []byte(`{"notificationType":"newCallEvent","notification":{"callId":"X"}}`)
	for cut := range len(good) {
		if messages := Decode(good[:cut], nil); len(messages) != 1 || messages[0].Kind != KindOdd {
			t.Errorf("first %d bytes of an event: got %v, want one malformed message", cut, describe(messages))
		}
		if messages := Decode(good, nil); len(messages) != 1 || messages[0].Event.CallID != "X" {
			t.Fatalf("event after garbage: got %v", describe(messages))
		}
	}
}

// What one frame may cost is bounded, however it is built.
func TestAMegabyteOfNonsense(t *testing.T) {
	for name, unit := range map[string]string{"numbers": "1,", "objects": "{},", "types": `{"notificationType":"a"},`, "keys": `{"notificationType":"newCallEvent","a":1,"b":2,"c":3},`} {
		frame := "[" + strings.Repeat(unit, 1<<20/len(unit)-1) + "0]"
		odd := 0
		for _, m := range Decode([]byte(frame), nil) {
			odd += len(m.Oddities)
		}
		if odd == 0 || odd > maxOddities {
			t.Errorf("%s: %d oddities from one frame, want 1 to %d", name, odd, maxOddities)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	frame, err := os.ReadFile("testdata/frames/hungup-all-21-fields.json")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(frame)))
	b.ReportAllocs()
	for b.Loop() {
		Decode(frame, nil)
	}
}
