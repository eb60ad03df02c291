// Package deploy holds what runs the program on a machine: the unit of systemd
// and the recipe of the container image. Its tests run the built program as
// those do.
package deploy
