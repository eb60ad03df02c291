package access

import (
	"context"
	"database/sql"
	"time"
)

// Forget removes an account as Remove does, and puts another name in the place
// of the person's wherever else it stands here: at programs and displays that
// they made. The audit log stays: it is the proof of who had access, and a chain
// that nothing can be taken out of. Errors are those of Remove.
func (s *Service) Forget(ctx context.Context, by Who, id int64, as string) error {
	return s.change(ctx, func(tx *sql.Tx) error {
		a, err := s.remove(ctx, tx, by, id)
		if err != nil {
			return err
		}
		for _, q := range []string{
			"UPDATE token SET maker=?1 WHERE maker=?2",
			"UPDATE display SET body=json_set(body, '$.CreatedBy', ?1) WHERE json_extract(body, '$.CreatedBy')=?2",
		} {
			if _, err := tx.ExecContext(ctx, q, as, a.Name); err != nil {
				return err
			}
		}
		return nil
	})
}

// A Place is a network from which somebody signed in.
type Place struct {
	Network string
	Seen    time.Time // last
}

// Places are the networks that are known of a person, the latest first.
func (s *Service) Places(ctx context.Context, person int64) (list []Place, err error) {
	db, err := s.reader()
	if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, "SELECT network, seen FROM place WHERE person=? ORDER BY seen DESC", person)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var p Place
		var seen int64
		if err := rows.Scan(&p.Network, &seen); err != nil {
			return nil, err
		}
		p.Seen = fromMillis(seen)
		list = append(list, p)
	}
	return list, rows.Err()
}
