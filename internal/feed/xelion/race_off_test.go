//go:build !race

package xelion_test

const raceOn = false
