package state

import (
	"bytes"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestForgetColleague plays calls of Anna among others: after she was asked to
// be forgotten neither her name nor what stands for her is in the board's
// memory, and everything is counted as before.
func TestForgetColleague(t *testing.T) {
	b := New(Config{Settle: true, Normal: dutch})
	at := connectBoth(b)
	at = feedAll(b, at,
		Name{Kind: NameUser, OID: "8501", Text: "Anna Prins", Number: "2901", Addressable: "7701"},
		Name{Kind: NameUser, OID: "8502", Text: "Bram", Number: "2902"},
		Name{Kind: NameAddressable, OID: "7701", Text: "Anna Prins"},
		Name{Kind: NameLine, OID: "1601", Text: "Anna Prins", Number: "+31205550000"},
		PresenceList{Entries: []Presence{{ID: "p1", Addressable: "7701", Name: "Anna Prins", Status: "busy", Message: "at the dentist"}}})
	anna := func(flow string) Party {
		return Party{FlowID: flow, User: "8501", UserAddressable: "7701", Number: "2901", CallLog: "log of 8501"}
	}
	bram := Party{FlowID: "b1", User: "8502", Number: "2902"}
	told := func(id string, second int, caller, callee Party, types ...EventType) {
		at = feedAll(b, at, facts(about(id, second, caller, callee, "1601", types...))...)
	}
	told("A", 0, custC, anna("a1"), NewCall, Connected, HungUp)
	told("B", 10, custE, Party{FlowID: "a2", Number: "2901"}, NewCall, Missed, HungUp)
	told("C", 20, anna("a3"), bram, NewCall, Connected, HungUp)
	told("N", 25, Party{FlowID: "n1", Number: "+31205550303", Name: "Anna Prins, Alkmaar"}, bram, NewCall, Connected, HungUp)
	told("D", 30, Party{FlowID: "c9", Number: "+31205550909"}, anna("a4"), NewCall, Connected)
	open := b.Recovery().Open
	if len(open) != 1 {
		t.Fatalf("%d customers wait", len(open))
	}
	at = feedAll(b, at, Word{Entry: open[0].ID, Kind: WordClaim, By: "Anna Prins"},
		Word{Entry: open[0].ID, Kind: WordNote, By: "Bram", Text: "ask anna prins; Anna Prinsen is another"})
	b.Journeys()
	gone := []string{"8501", "2901", "7701", "anna prins", "dentist"}
	image, _ := b.Image()
	for _, s := range gone {
		if !bytes.Contains(image, []byte(s)) {
			t.Fatalf("%q was never there: this test would prove nothing", s)
		}
	}
	live, today, code := b.Len(), b.Today(), b.Code()
	forget := ForgetColleague{User: "8501", Number: "2901", Address: "7701", Name: "Anna Prins", As: Pseudonym("qwxyz")}
	b.Apply(Input{b.Now(), forget})
	if b.Len() != live || b.Today() != today || b.Code() != code {
		t.Errorf("calls or counters changed: %+v, was %+v", b.Today(), today)
	}
	image, _ = b.Image()
	for _, s := range gone {
		if i := bytes.Index(image, []byte(s)); i >= 0 {
			t.Errorf("%q is still there: …%q", s, image[max(i-40, 0):min(i+40, len(image))])
		}
	}
	r := b.Recovery()
	if len(r.Open) != 1 || r.Open[0].ClaimedBy != forget.As || r.Open[0].Note != "ask "+forget.As+"; Anna Prinsen is another" {
		t.Errorf("%+v", r.Open)
	}
	people := b.People()
	i := slices.IndexFunc(people, func(p Person) bool { return p.User == forget.As })
	if i < 0 || people[i].Name != forget.As || people[i].Answered != 2 || people[i].Missed != 1 || people[i].Talk == 0 || people[i].Presence.Message != "" {
		t.Errorf("%+v", people)
	}
	if !bytes.Contains(image, []byte("Anna Prins, Alkmaar")) {
		t.Error("a customer of the same name was taken for her")
	}
	if b.lines["1601"] != "Anna Prins" {
		t.Error("a line of the same name was taken for her")
	}
	restored, err := FromImage(b.cfg, image)
	if err != nil {
		t.Fatal(err)
	}
	for _, board := range []*Board{b, restored} { // the live call ends as ever
		feedAll(board, at, about("D", 30, Party{FlowID: "c9", Number: "+31205550909"}, anna("a4"), "1601", HungUp)[0])
		if board.Len() != live-1 {
			t.Errorf("%d calls are up", board.Len())
		}
	}
}

// TestWithoutColleague erases anybody from the log of any day: a board told what
// is left comes to the same codes, and nothing of the person is in it.
func TestWithoutColleague(t *testing.T) {
	checks(t, 100, func(rt *rapid.T) {
		s := &stream{draw: rt}
		inputs := day(rt)
		who := []ForgetColleague{{User: "501", Number: "201", Name: "Anna"}, {User: "502", Number: "202", Name: "Bram"}, {User: "503", Number: "203"}}[s.lot(3, "who")]
		who.As = Pseudonym("abcde")
		a, b, c := New(Config{}), New(Config{}), New(Config{})
		for i, in := range inputs {
			fact, _ := who.Without(in.fact)
			a.Apply(Input{in.at, in.fact})
			b.Apply(Input{in.at, fact})
			c.Apply(Input{in.at, fact})
			if a.Code() != b.Code() {
				rt.Fatalf("input %d, %+v, told as %+v: the boards differ", i, in.fact, fact)
			}
			if i%7 == 0 {
				c.Apply(Input{in.at, who}) // there is nothing left to forget
			}
		}
		a.Apply(Input{a.Now(), who})
		for name, board := range map[string]*Board{"erased": a, "told without": b, "both": c} {
			image, _ := board.Image()
			if who.Name != "" && bytes.Contains(image, []byte(who.Name)) {
				rt.Fatalf("%s: %s is still there", name, who.Name)
			}
			for _, p := range board.People() {
				if p.User == who.User || p.Number == who.Number {
					rt.Fatalf("%s: %+v", name, p)
				}
			}
			for _, j := range board.Journeys() {
				if slices.Contains(slices.Concat(j.Users, j.RangAt), who.User) {
					rt.Fatalf("%s: %+v", name, j)
				}
			}
		}
	})
}
