package access

// common reports a password that is among those tried first.
func common(password string) bool { return false }
