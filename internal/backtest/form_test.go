package backtest

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"callboard/internal/rules"
)

// What the form shows of some rules gives the same rules back.
func TestTheFormShowsTheRules(t *testing.T) {
	r := rules.Default()
	r.Ringing.Over, r.Ringing.On, r.Answer.Under, r.Capacity.Lines = 95.5, 1500e6, 0, 30
	shown := map[string]string{}
	for _, f := range Fields {
		shown[f.Name] = f.Value(&r)
	}
	base := rules.Default()
	base.Capacity.Lines = 12
	got, changed, err := Try(base, func(name string) string { return shown[name] })
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r, got); diff != "" {
		t.Error(diff)
	}
	const want = "alarms:\n  ringing:\n    over: 1m35.5s\n    on-delay: 1.5s\n  answer-rate:\n    under: off\n  capacity:\n    lines: 30"
	if changed != want {
		t.Errorf("said as\n%s", changed)
	}
	again, err := rules.ParseOver(base, "settings.yaml", []byte(changed))
	if err != nil || !cmp.Equal(again, r) {
		t.Errorf("what is said to save gives other rules: %v", err)
	}
}

// What is left out or the same stays as it is, also where the base is not the
// default.
func TestTryingNothing(t *testing.T) {
	base := rules.Default()
	base.Level.Under, base.Waiting.Over = 75, 9
	got, changed, err := Try(base, func(string) string { return "" })
	if err != nil || changed != "" || !cmp.Equal(got, base) {
		t.Errorf("%v, %q, %s", err, changed, cmp.Diff(base, got))
	}
	got, _, err = Try(base, func(name string) string { return map[string]string{"ringing.over": "0:20"}[name] })
	base.Ringing.Over = 20
	if err != nil || !cmp.Equal(got, base) {
		t.Errorf("%v, %s", err, cmp.Diff(base, got))
	}
}

func TestWrongValuesAreNamed(t *testing.T) {
	for name, value := range map[string]string{
		"ringing.over": "soon", "waiting.over": "0", "service-level.under": "180", "chat.colleagues": "2.5", "asa.on-delay": "\x00", "talking.over": "ünd",
	} {
		_, _, err := Try(rules.Default(), func(n string) string {
			if n == name {
				return value
			}
			return ""
		})
		if bad, ok := err.(*FieldError); !ok || bad.Name != name || bad.Value != value || bad.Want == "" {
			t.Errorf("%s=%q: %v", name, value, err)
		}
	}
	_, _, err := Try(rules.Default(), func(n string) string { return map[string]string{"capacity.warn": "99", "capacity.alarm": "90"}[n] })
	if bad, ok := err.(*FieldError); !ok || bad.Name != "capacity" {
		t.Errorf("a warning above the alarm: %v", err)
	}
}
