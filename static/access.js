// The module of pages with passwords: a button that shows what is typed, and a
// word on how long a new one is. The server decides whether it will do.

const byID = id => document.getElementById(id)

for (const button of document.querySelectorAll('[data-peek]')) {
	const field = byID(button.dataset.peek)
	button.hidden = false
	button.addEventListener('click', () => {
		const seen = field.type === 'password'
		field.type = seen ? 'text' : 'password'
		button.setAttribute('aria-pressed', seen)
		button.title = seen ? button.dataset.hide : button.dataset.show
		button.setAttribute('aria-label', button.title)
		field.focus()
	})
	// What is sent is sent hidden, so that browsers offer to keep it and nobody reads it meanwhile.
	field.form.addEventListener('submit', () => { field.type = 'password' })
}

for (const says of document.querySelectorAll('[data-strength]')) {
	const field = byID(says.dataset.strength), { least, short, shortOne, fair, good } = field.dataset
	field.addEventListener('input', () => {
		const n = [...field.value].length, lacks = least - n
		says.textContent = !n ? '' : lacks > 0 ? (lacks === 1 ? shortOne : short).replace('%d', lacks) : n < +least + 6 ? fair : good
	})
}
