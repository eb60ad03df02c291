// The module of pages that are printed: it shows the button, which without it
// could do nothing.
for (const button of document.querySelectorAll('[data-print]')) {
	button.hidden = false
	button.addEventListener('click', () => print())
}
