//go:build !race

package backtest_test

const raceOn = false
