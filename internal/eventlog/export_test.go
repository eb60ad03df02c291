package eventlog

import "database/sql"

// SchemaForTest lets tests open the file as another program would.
var SchemaForTest = schema

// Writer is the connection that entries are written with.
func (d *Disk) Writer() *sql.DB { return d.store.Load().Write }
