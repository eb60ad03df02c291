// The module of the page of missed customers: what its buttons do is done
// without leaving the page, and a note is asked for in a dialog, which no update
// of the list touches. Without it every button is a form of its own and the
// note a page of its own.

const one = (q, el = document) => el.querySelector(q)
const all = (q, el = document) => [...el.querySelectorAll(q)]
const byID = id => document.getElementById(id)
const dialog = byID('word'), form = one('form', dialog), toast = byID('toast')
const text = byID('word-text'), name = byID('word-name')

// tell shows an answer to what the person did, for six seconds.
let shown = 0
function tell(s) {
	clearTimeout(shown)
	toast.textContent = s
	toast.hidden = false
	shown = setTimeout(() => { toast.hidden = true }, 6000)
}

// post says a word; the list changes by the stream.
async function post(act, word, fields) {
	const r = await fetch('/api/v1' + act + '/' + word, { method: 'POST', body: new URLSearchParams(fields), signal: AbortSignal.timeout(8000) })
	if (r.ok) return tell(toast.dataset[word])
	throw Object.assign(Error(), await r.json())
}

// refused lets the page's own way say why, in the viewer's language.
function refused(err, form, action) {
	if (err.status === undefined) throw err // nobody answered: the page says so by itself
	form.action = action
	form.submit()
}

// epochOf is the process that gave the id of a row: another one may give it to
// another customer.
const epochOf = row => one('[name=epoch]', row).value

let target = '', first = '' // whose dialog it is, and the word it was opened for
function ask(row, word) {
	target = row.dataset.act
	first = word
	const button = one('[data-word=' + word + ']', row), label = one('[aria-label]', button.parentNode.matches('form') ? button.parentNode : row)
	byID('word-title').textContent = (button.matches('a') ? button : one('button', button) || label).getAttribute('aria-label')
	const texts = word === 'note' || word === 'done'
	one('.word-text', dialog).hidden = !texts
	for (const b of all('button[type=submit]', dialog)) {
		const own = b.dataset.word === word
		b.classList.toggle('primary', own)
		// a hidden button that is not disabled would answer to Enter
		b.disabled = b.hidden = !own && !(texts && b.dataset.word === 'done' && row.matches(':not(.closed)'))
	}
	form.epoch.value = epochOf(row)
	text.value = word === 'note' ? row.dataset.note : ''
	dialog.showModal()
	;(texts ? text : name).focus()
}

form.addEventListener('submit', async e => {
	e.preventDefault()
	const word = e.submitter?.dataset.word || first
	try {
		await post(target, word, { by: name.value, text: text.value, epoch: form.epoch.value })
		dialog.close()
	} catch (err) {
		refused(err, form, target + '/' + word + location.search)
	}
})

one('[data-word=cancel]', dialog).addEventListener('click', () => dialog.close())

// A button of a row. Who has given no name yet is asked for it.
addEventListener('submit', async e => {
	const at = e.target, row = at.closest('#list > tr'), word = at.dataset.word
	if (!row || !word) return
	e.preventDefault()
	if (!name.value) return ask(row, word)
	try {
		await post(row.dataset.act, word, { by: name.value, epoch: epochOf(row) })
	} catch (err) {
		if (err.field === 'by') ask(row, word)
		else refused(err, at, at.action)
	}
})

addEventListener('click', e => {
	const link = e.target.closest('#list a[data-word]')
	if (!link || e.ctrlKey || e.metaKey || e.shiftKey) return
	e.preventDefault()
	ask(link.closest('tr'), link.dataset.word)
}, true)

// press is a click on what the viewer sees: who may not act has no buttons.
const press = b => { if (b?.checkVisibility()) b.click() }

// n and d act on the row in which the focus is, once they are let go: a key
// held down would go on into the dialog.
let pressed = ''
addEventListener('keydown', e => {
	const idle = !e.defaultPrevented && !e.ctrlKey && !e.altKey && !e.metaKey && localStorage.callboardKeys !== 'off'
	pressed = idle && !one('dialog[open]') && !e.target.closest('input,textarea,select') ? e.key : ''
})
addEventListener('keyup', e => {
	const row = e.target.closest('#list > tr'), key = pressed
	pressed = ''
	if (!row || key !== e.key) return
	if (key === 'n') press(one('a[data-word=note]', row))
	if (key === 'd') press(one('form[data-word=done] button', row))
})
