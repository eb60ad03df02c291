package fakepbx

import (
	"flag"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestEveryFlagReachesItsSetting(t *testing.T) {
	var o Options
	fs := flag.NewFlagSet("fakepbx", flag.ContinueOnError)
	o.RegisterFlags(fs)
	args := strings.Fields(`--seed 9 --calls-per-minute 2.5 --users 30 --user u --password p --tenant t --admin=false --speed 3 --zone UTC
		--local-dates --clock-skew -4m --office-hours --warm --load-calls 5 --load-events 6 --token-lifetime 2m --expiry-closes-socket --renewal-closes-socket
		--no-renewal-token --toggle string --socket-host h:1 --socket-refusal text --refuse login=401/10004x3,users=500 --refuse socket=403
		--latency 1s --max-requests 2 --queue 5 --cut-every 3m --cut-how silent --duplicate-percent 1 --drop-percent 2 --reorder-window 4s
		--blank-fields date,callId --blank-style null --duration clock --numeric-oids --extra-keys --unknown-types --mute-missed
		--transfer x/r2/none/after/yyx --transfer-hint --hunting linear --new-calls call --reuse-ids 99 --presence disordered`)
	if err := fs.Parse(args); err != nil {
		t.Fatal(err)
	}
	if err := o.Check(); err != nil {
		t.Errorf("these settings are good: %v", err)
	}
	fs.VisitAll(func(f *flag.Flag) {
		if !strings.Contains(strings.Join(args, " "), "--"+f.Name) {
			t.Errorf("--%s is not tried here", f.Name)
		}
	})
	v := reflect.ValueOf(o)
	for i := range v.NumField() {
		if name := v.Type().Field(i).Name; v.Field(i).IsZero() && name != "Log" {
			t.Errorf("no flag sets Options.%s", name)
		}
	}
	want := []Refusal{{Endpoint: Login, Status: 401, Code: 10004, Times: 3}, {Endpoint: Users, Status: 500, Code: 11000}, {Endpoint: Socket, Status: 403, Code: 10101}}
	if !reflect.DeepEqual(o.Refusals, want) {
		t.Errorf("refusals %+v, want %+v", o.Refusals, want)
	}
}

func TestFlagsKeepWhatOptionsHold(t *testing.T) {
	o := DemoOptions()
	fs := flag.NewFlagSet("demo", flag.ContinueOnError)
	o.RegisterFlags(fs)
	if err := fs.Parse([]string{"--users", "30"}); err != nil {
		t.Fatal(err)
	}
	if o.CallsPerMinute != DemoOptions().CallsPerMinute || !o.Warm || o.Users != 30 || o.NonAdmin {
		t.Errorf("parsing nothing of it changed the demo: %+v", o)
	}
}

func TestBadSettingsAreNamed(t *testing.T) {
	for want, o := range map[string]Options{
		"--users -1: expected a whole number from 1 to 900":      {Users: -1},
		"--calls-per-minute 601: expected":                       {CallsPerMinute: 601},
		"--speed -1: expected":                                   {Speed: -1},
		"--tenant a/b: expected":                                 {Tenant: "a/b"},
		"--password (not shown): expected":                       {Password: "bell\a"},
		"--token-lifetime 1ms: expected at least 1s":             {TokenLifetime: time.Millisecond},
		"--toggle maybe: expected any, boolean or string":        {Toggle: "maybe"},
		"--cut-how gently: expected":                             {CutHow: "gently"},
		"--drop-percent 101: expected 0 to 100":                  {DropPercent: 101},
		"--blank-fields nickname: expected":                      {BlankFields: []string{"nickname"}},
		"--transfer q/r1: expected mix or callId/flows/announce": {Transfer: "q/r1"},
		"--refuse door=500/0: expected one of the endpoints":     {Refusals: []Refusal{{Endpoint: "door", Status: 500}}},
		"--hunting both: expected":                               {Hunting: "both"},
		"--reuse-ids 3: expected":                                {ReuseIDs: 3},
		"--load-events 9: expected 0 without --load-calls":       {Load: Load{EventsPerSecond: 9}},
		"--load-calls 5001: expected":                            {Load: Load{LiveCalls: 5001}},
	} {
		err := o.Check()
		if err == nil || !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("got %v, want %s", err, want)
		}
		if _, newErr := New(o); newErr == nil {
			t.Errorf("New took what Check refuses: %v", err)
		}
	}
	if err := (&Options{Password: "s3cret\n"}).Check(); err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("a bad password is told as %v", err)
	}
}

func TestBadFlagsAreRefused(t *testing.T) {
	for _, arg := range []string{"--refuse=login", "--refuse=login=200", "--refuse=nowhere=500", "--refuse=login=401x0", "--zone=Mars/Base", "--admin=perhaps", "--users=many"} {
		var o Options
		fs := flag.NewFlagSet("fakepbx", flag.ContinueOnError)
		fs.SetOutput(io.Discard)
		o.RegisterFlags(fs)
		if err := fs.Parse([]string{arg}); err == nil {
			t.Errorf("%s was taken", arg)
		}
	}
}
