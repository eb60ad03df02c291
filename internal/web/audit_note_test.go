package web

import (
	"testing"

	"callboard/internal/access"
	"callboard/views"
)

// What the audit log keeps as codes is read in the reader's words; what somebody
// wrote stays as it was written.
func TestAuditNotes(t *testing.T) {
	for _, test := range []struct {
		event              access.Event
		note, english, dut string
	}{
		{access.PersonAdded, "role viewer", "Role: Viewer", "Rol: Kijker"},
		{access.PersonChanged, "role viewer to supervisor, scope, disabled", "Role: Viewer → Supervisor, Sees, Disabled", "Rol: Kijker → Teamleider, Ziet, Uitgeschakeld"},
		{access.TokenMade, "role viewer, Grafana, role administrator, until 2026-11-22", "role viewer, Grafana, Role: Administrator, until 22 Nov 2026", "role viewer, Grafana, Rol: Beheerder, tot 22 nov 2026"},
		{access.SessionEnded, "all others", "All other sessions", "Alle andere sessies"},
		{access.SignInRefused, "1 tries", "1 try", "1 poging"},
		{access.SignInRefused, "12 tries from 3 other networks or more", "12 tries from 3 other networks or more", "12 pogingen vanuit 3 andere netwerken of meer"},
		{access.Erased, "the colleague who is erased-abcde now: 1 calls, 2 journeys", "A colleague, now erased-abcde: 1 call, 2 journeys", "Een collega, nu erased-abcde: 1 gesprek, 2 trajecten"},
		{access.AuditTrimmed, "3 entries of days before 2026-11-22", "3 entries before 22 Nov 2026", "3 regels van vóór 22 nov 2026"},
		{access.NumbersShown, "all", "all", "all"},
		{access.DisplayChanged, "something newer", "something newer", "something newer"},
		{access.PersonAdded, "role emperor", "Role: emperor", "Rol: emperor"},
	} {
		e := access.Entry{Event: test.event, Reason: test.note}
		if got := auditNote(&views.English, e); got != test.english {
			t.Errorf("%q reads %q, want %q", test.note, got, test.english)
		}
		if got := auditNote(&views.Dutch, e); got != test.dut {
			t.Errorf("%q reads %q, want %q", test.note, got, test.dut)
		}
	}
}
