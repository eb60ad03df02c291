package state

// Codes of a link that is down because the process that listened has ended.
const (
	Stopped = "stopped" // in order
	Crashed = "crashed" // without a word: killed, or the machine lost its power
)

func (Numbering) fact() {}

// Numbering says that the next call gets this id, or a higher one that is next
// anyhow, and the next journey as well. A process that begins tells it: the
// last one may have given out ids that no journal knows, and an id is never
// used again.
type Numbering struct{ Next uint64 }

func (b *Board) number(n Numbering) {
	b.nextSeq = max(b.nextSeq, max(n.Next, 1)-1)
	b.nextJourney = max(b.nextJourney, max(n.Next, 1)-1) // a journey begins with a call, so there were never more of them
}
