package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPeopleOnTheCommandLine tells the story of an installation without a
// browser.
func TestPeopleOnTheCommandLine(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	secret := filepath.Join(t.TempDir(), "password")
	weak := filepath.Join(t.TempDir(), "weak")
	for file, text := range map[string]string{secret: "three green bottles\n", weak: "sunshine1\n"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		args string
		code int
		says string // in either output
	}{
		{"user list", 2, "--data-dir"},
		{"user", 2, "expected one of list, add"},
		{"user frobnicate", 2, `"frobnicate": expected one of`},
		{"user add", 2, "NAME is not set"},
		{"user add anna --role king --password-file " + secret, 2, `--role is "king": expected viewer, supervisor or administrator`},
		{"user add anna --level some --password-file " + secret, 2, `--level is "some"`},
		{"user add anna --password-file " + weak, 2, "the password: password is among those that are tried first"},
		{"user add anna --password-file /does/not/exist", 2, "--password-file"},
		{"user add anna --nonsense", 2, "nonsense"},
		{"user add anna --role administrator --shown-name Anna --password-file " + secret, 0, "added anna: administrator, sees full of all, by password"},
		{"user add ANNA --password-file " + secret, 2, "NAME: login is taken by another account"},
		{"user add bob --teams Sales,Service --lines 1601 --password-file none", 0, "added bob: viewer, sees last-three of Sales, Service, 1601, no way in yet"},
		{"user list", 0, "Sales, Service, 1601"},
		{"user change bob --role supervisor --level initials --teams all", 0, "now bob: supervisor, sees initials of 1601"},
		{"user change bob --level role --lines all --shown-name Bob --login-name robert", 0, "now robert: supervisor, sees full of all"},
		{"user change bob --role viewer", 2, `NAME is "bob": expected the login name of somebody`},
		{"user invite robert", 0, "/setup?code="},
		{"user passwd robert --password-file " + weak, 2, "tried first"},
		{"user passwd robert --password-file " + secret, 0, "robert has another password"},
		{"user change --shown-name Rob robert --level role", 0, "now robert: supervisor"}, // NAME may stand anywhere
		{"user change robert bob", 2, `unexpected argument "bob": expected one NAME and flags`},
		{"user list robert", 2, `unexpected argument "robert": expected flags only`},
		{"user sessions", 0, "SINCE"},
		{"user sessions robert", 0, "BROWSER"},
		{"user sign-out robert", 0, "0 sessions ended"},
		{"user disable robert", 0, "disabled"},
		{"user enable robert", 0, "by password"},
		{"user disable anna", 1, "this is the last administrator"},
		{"user remove anna", 1, "this is the last administrator"},
		{"user change anna --role viewer", 1, "this is the last administrator"},
		{"user remove robert", 0, "removed robert"},
		{"user remove robert", 2, `NAME is "robert"`},
		{"user add -h", 0, "Usage: dashboard user add NAME [FLAGS]"},
		{"help user", 0, "dashboard user VERB"},
		{"help user passwd", 0, "--password-file"},
		{"audit", 0, "person removed"},
		{"audit --last 1", 0, "EVENT"},
		{"audit --last 0", 2, "--last"},
		{"audit --verify", 0, "are as they were written"},
		{"audit --format csv", 0, "id,at,event,party"},
		{"audit --format jsonl --from 2026-01-01", 0, `"event":"audit exported"`},
		{"audit --format xml", 2, "--format"},
		{"audit --from yesterday", 2, `--from is "yesterday": expected a day such as`},
	} {
		args := strings.Fields(c.args)
		if len(args) > 1 && args[0] != "help" {
			args = append(args, "--data-dir", dir)
		} else if args[0] == "audit" {
			args = append(args, "--data-dir", dir)
		}
		code, out, errs := tell(t, args...)
		if code != c.code || !strings.Contains(out+errs, c.says) {
			t.Errorf("dashboard %s\nends with %d and says %q %q;\nwant %d, %q", c.args, code, out, errs, c.code, c.says)
		}
		if strings.Count(errs, "\n") > 1 {
			t.Errorf("dashboard %s: more than one line of error: %q", c.args, errs)
		}
		if strings.Contains(out+errs, "green bottles") || strings.Contains(out+errs, "sunshine") {
			t.Errorf("dashboard %s tells the password: %q %q", c.args, out, errs)
		}
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	if info, err := files[0].Info(); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%s has mode %v", files[0].Name(), info.Mode())
	}
}

// Help is for reading: no marks of the flag package in it, no default twice.
func TestHelpReadsWell(t *testing.T) {
	for _, cmd := range commands() {
		code, out, errs := tell(t, "help", cmd.name)
		if code != exitOK || errs != "" {
			t.Errorf("help %s: exit %d, %s", cmd.name, code, errs)
		}
		for line := range strings.Lines(out) {
			if strings.Contains(line, "`") || strings.Count(line, "(default ") > 1 {
				t.Errorf("help %s: %s", cmd.name, line)
			}
		}
	}
}
