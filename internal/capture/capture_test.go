package capture_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"callboard/internal/capture"
	"callboard/internal/feed/xelion"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// frames are a source of what is given.
func frames(list ...capture.Frame) capture.Source {
	return func(fn func(capture.Frame) error) error {
		for _, f := range list {
			if err := fn(f); err != nil {
				return err
			}
		}
		return nil
	}
}

func socket(bodies ...string) (list []capture.Frame) {
	for i, b := range bodies {
		list = append(list, capture.Frame{At: noon.Add(time.Duration(i) * time.Second), Kind: xelion.FrameSocket, Body: []byte(b)})
	}
	return list
}

// replaced makes frames anonymous.
func replaced(t testing.TB, list ...capture.Frame) (out []capture.Frame, text string) {
	t.Helper()
	var file bytes.Buffer
	if _, err := capture.Write(&file, capture.Header{Version: "test", PBXZone: "UTC", Zone: "UTC"}, frames(list...)); err != nil {
		t.Fatal(err)
	}
	text = file.String()
	if err := capture.Read(&file, func(capture.Header) error { return nil }, func(f capture.Frame) error { out = append(out, f); return nil }); err != nil {
		t.Fatal(err)
	}
	return out, text
}

// TestWhatStaysAndWhatGoes reads one message with everything in it.
func TestWhatStaysAndWhatGoes(t *testing.T) {
	out, text := replaced(t, append(socket(
		`{"notificationType": "newCallEvent", "oid": null, "notification": {"callId": "SIP/trunk1-00000a41", "date": "2026-11-22 13:10:02", "callerPhoneNumber": "+31 20 555 0101", "callerAddressable": 7001, "calleeUser": "501", "calleePhoneNumber": "201", "calleePhoneLineOid": 1601, "mood": "Vera is angry", "pin": 48151623, "n": 7, "tags": ["Vera Vos", true, null]}}`,
		`{"notificationType":"callHungUpEvent","notification":{"callId":"SIP/trunk1-00000a41","callerPhoneNumber":"0205550101","duration":184,"duration":"184"}}`,
		`not json: Vera Vos +31205550101`,
		`{"notificationType":"newCallEvent","notification":{"callId":"SIP/trunk1-00000a41","callerPhoneNumber":"anonymous"`,
		`{"0205550101": "x"}`,
	), capture.Frame{At: noon, Kind: "GET addressables/7001", Body: []byte(`{"object":{"oid":7001,"commonName":"Vera Vos"}}`)},
		capture.Frame{At: noon, Kind: "GET users?limit=100&after=501", Body: []byte(`{"data":[{"object":{"oid":"501","commonName":"Anna Bakker","extra":"call Vera Vos"}}],"meta":{"paging":{"nextId":"501"}}}`)},
	)...)
	for _, secret := range []string{"Vera", "Vos", "Anna", "Bakker", "5550101", "555 0101", "00000a41", "7001", "48151623", "angry", `501"`} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is in the recording:\n%s", secret, text)
		}
	}
	first, second := string(out[0].Body), string(out[1].Body)
	for _, kept := range []string{`{"notificationType": "newCallEvent", "oid": null, "notification": {"callId": "SIP/id-`, `"date": "2026-11-22 13:10:02"`, `"mood": "Text `, `"n": 7`, `true, null]`} {
		if !strings.Contains(first, kept) {
			t.Errorf("%s is gone from %s", kept, first)
		}
	}
	if !strings.Contains(second, `"duration":184,"duration":"184"`) {
		t.Errorf("a doubled key is gone from %s", second)
	}
	one, two := xelion.Decode(out[0].Body, nil)[0].Event, xelion.Decode(out[1].Body, nil)[0].Event
	digits := strings.NewReplacer(" ", "").Replace(one.Caller.Number)
	if one.CallID != two.CallID || !strings.HasSuffix(digits, two.Caller.Number[1:]) || len(one.Caller.Number) != len("+31 20 555 0101") || len(one.Callee.Number) != 3 {
		t.Errorf("what was the same is no longer: %+v\n%+v", one.Caller, two.Caller)
	}
	if !strings.HasPrefix(string(out[3].Body), `{"notificationType":"newCallEvent"`) || !strings.Contains(string(out[3].Body), `"anonymous"`) {
		t.Errorf("a message that was cut off became %s", out[3].Body)
	}
	oid := fmt.Sprint(strings.TrimPrefix(out[5].Kind, "GET addressables/"))
	if !strings.Contains(string(out[5].Body), `"oid":`+oid) || one.Caller.Addressable != oid {
		t.Errorf("%s asks for another oid than %s tells and %+v names", out[5].Kind, out[5].Body, one.Caller)
	}
}

// TestOdditiesSurvive makes every frame of the decoder's collection anonymous:
// what the client understands, and what it finds odd, is the same.
func TestOdditiesSurvive(t *testing.T) {
	files, _ := filepath.Glob("../feed/xelion/testdata/frames/*.json")
	if len(files) < 40 {
		t.Fatalf("%d frames", len(files))
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out, _ := replaced(t, capture.Frame{At: noon, Kind: xelion.FrameSocket, Body: raw})
		if was, is := outline(raw), outline(out[0].Body); was != is {
			t.Errorf("%s was\n%s\nand is\n%s\n%.400s", filepath.Base(file), was, is, out[0].Body)
		}
	}
}

// outline is what a frame means without who.
func outline(raw []byte) string {
	var s strings.Builder
	for _, m := range xelion.Decode(raw, nil) {
		e := m.Event
		fmt.Fprintf(&s, "%d %s %v %v %v id %v line %v", m.Kind, m.Type, e.Type, e.Date, e.Duration, e.CallID != "", e.Line != "")
		for _, o := range m.Oddities {
			fmt.Fprintf(&s, " %s", o.Kind)
		}
		fmt.Fprintf(&s, " %v %v\n", e.Caller.Number != "", e.Callee.Number != "")
	}
	return s.String()
}

// TestListsKeepTheirOrder: ids sort as the real ones do.
func TestListsKeepTheirOrder(t *testing.T) {
	out, _ := replaced(t, socket(`["x",{"callId":"SIP/b-2"},{"callId":"SIP/a-9"},{"callId":"SIP/b-10"}]`)...)
	var ids []string
	for _, part := range strings.Split(string(out[0].Body), `"callId":"`)[1:] {
		id, _, _ := strings.Cut(part, `"`)
		ids = append(ids, id)
	}
	if len(ids) != 3 || !(ids[1] < ids[2] && ids[2] < ids[0]) {
		t.Errorf("%q", ids)
	}
}

// TestFiles are written once, for their owner, and read compressed or not.
func TestFiles(t *testing.T) {
	for _, name := range []string{"a.ndjson", "a.ndjson.gz"} {
		path := filepath.Join(t.TempDir(), name)
		head, err := capture.WriteFile(path, capture.Header{Version: "v", PBXZone: "UTC", Zone: "Europe/Amsterdam"}, frames(socket(`{}`, `[]`)...))
		if err != nil || head.Frames != 2 || !head.To.Equal(noon.Add(time.Second)) {
			t.Fatalf("%+v %v", head, err)
		}
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v %v", info.Mode(), err)
		}
		if _, err := capture.WriteFile(path, head, frames(socket(`{}`)...)); !errors.Is(err, fs.ErrExist) {
			t.Errorf("written over: %v", err)
		}
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		if err := capture.Read(f, func(h capture.Header) error {
			if h != head {
				t.Errorf("header %+v, was %+v", h, head)
			}
			return nil
		}, func(capture.Frame) error { n++; return nil }); err != nil || n != 2 {
			t.Errorf("%d frames, %v", n, err)
		}
		f.Close()
		none := filepath.Join(t.TempDir(), name)
		if _, err := capture.WriteFile(none, head, frames()); !errors.Is(err, capture.ErrNoFrames) {
			t.Errorf("nothing recorded: %v", err)
		}
		if _, err := os.Stat(none); !errors.Is(err, fs.ErrNotExist) {
			t.Error("an empty file is left")
		}
	}
	for what, text := range map[string]string{"empty line first": "\n", "other JSON": `{"a":1}`, "another format": `{"callboard":"capture","format":9}`, "spoilt": "{\"callboard\":\"capture\",\"format\":1}\n{oops"} {
		if err := capture.Read(strings.NewReader(text), func(capture.Header) error { return nil }, func(capture.Frame) error { return nil }); err == nil {
			t.Errorf("%s is read", what)
		}
	}
}

// FuzzAnonymous holds that a number, wherever it stands in whatever is sent,
// never comes through, and that nothing panics.
func FuzzAnonymous(f *testing.F) {
	f.Add(`{"callerPhoneNumber":"`, `"}`)
	f.Add(`{"x":[{"y":`, `}]}`)
	f.Add(``, ``)
	f.Add(`{"`, `":1}`)
	f.Fuzz(func(t *testing.T, before, after string) {
		const number = "0612345678"
		if strings.ContainsAny(before+after, "0123456789\\") { // else it is another number, or another writing of it
			return
		}
		_, text := replaced(t, socket(before+number+after)...)
		_, text, _ = strings.Cut(text, "\n") // the header
		if strings.Contains(text, number) {
			t.Fatalf("%q came through: %s", before+number+after, text)
		}
	})
}

// TestImports: a recording is made of bytes; this package knows no model.
func TestImports(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, "callboard/internal/capture").CombinedOutput()
	if err != nil || len(out) == 0 {
		t.Fatalf("go list: %v\n%s", err, out)
	}
	for path := range strings.FieldsSeq(string(out)) {
		if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") || first == "callboard" {
			t.Errorf("package capture imports %s: it works on what was sent as it was sent, and needs nothing but the standard library", path)
		}
	}
}
