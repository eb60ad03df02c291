// Package eventlog is the order of all inputs of the board: what came, when,
// and after what. Memory gives the order; a file follows it.
package eventlog
