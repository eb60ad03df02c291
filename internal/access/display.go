package access

import (
	"context"
	"net/netip"
	"strconv"
	"time"
)

// Displays are the paired displays, kept in the service's file.
func (s *Service) Displays() *Displays { return s.displays }

// display is the party of a paired display as it is now.
func (s *Service) display(ref string, now time.Time) (Who, bool) { return s.displays.party(ref, now) }

// theft puts into the audit log that two had one token of a display.
func (s *Service) theft(d Paired, from netip.Addr) {
	err := s.Note(context.Background(), Entry{
		Event: DisplayTheft, Party: d.Who().ID, Name: d.Name, Address: from.String(), Subject: "display:" + strconv.FormatInt(d.ID, 10), Reason: "switched off",
	})
	if err != nil {
		s.log.Error("the theft of a display's token could not be put into the audit log", "display", d.ID)
	}
}
