// The module of buttons that copy: [data-copy] is what, [data-done] the word
// that says it happened. It sets data-copies on the root element, without which
// the buttons are not shown: a browser copies on a secure address only.

const root = document.documentElement

if (navigator.clipboard?.writeText) {
	root.dataset.copies = ''
	addEventListener('click', async e => {
		const el = e.target.closest('[data-copy]')
		if (!el || el.classList.contains('done')) return
		try {
			await navigator.clipboard.writeText(el.dataset.copy)
		} catch {
			return // the browser says no; the text can still be marked by hand
		}
		const was = [...el.childNodes]
		el.replaceChildren(el.dataset.done)
		el.classList.add('done')
		const say = document.getElementById('say')
		if (say) say.textContent = el.dataset.done
		setTimeout(() => {
			el.replaceChildren(...was)
			el.classList.remove('done')
		}, 2000)
	})
}
