package hub

import (
	"slices"
	"testing"
	"testing/synctest"

	"callboard/internal/state"
	"callboard/views"
)

// Whoever asked to be forgotten is gone from the picture at once: also from the
// list of calls that ended lately, which nothing else changes.
func TestForgottenAtOnce(t *testing.T) {
	for lens, raw := range map[string]string{"clear": "", "masked": "mask=last-three"} {
		synctest.Test(t, func(t *testing.T) {
			h, stop := run(t, Options{})
			defer stop()
			feedIn(h, liveFacts()...)
			c := call(1)
			c.event.Caller.Addressable = "7001"
			feedIn(h, c.rings(), state.Name{Kind: state.NameAddressable, OID: "7001", Text: "Bakkerij Noord"}, c.hangsUp())
			q := mustQuery(t, PageBoard, raw)
			has := func() bool {
				synctest.Wait()
				pic, err := h.Picture(t.Context(), q)
				if err != nil {
					t.Fatal(err)
				}
				return slices.ContainsFunc(pic.Board.Side.Ended, func(e views.EndedRow) bool { return e.Party == "Bakkerij Noord" })
			}
			if !has() {
				t.Fatalf("%s: the call that ended is nowhere: this test would prove nothing", lens)
			}
			feedIn(h, state.Forget{Number: c.event.Caller.Number})
			if has() {
				t.Errorf("%s: the list of calls that ended still has the name", lens)
			}
		})
	}
}
