// The module of a recorded page that is played: its links lead to the moment
// that is shown when somebody follows them, not to the one it began with; and
// when the record has come to now, the page stands still there.

const data = document.documentElement.dataset
let now = +data.now

document.addEventListener('callboard:tick', e => {
	now = e.detail
	const end = document.getElementById('p-reached')
	if (end?.dataset.url) location.replace(end.dataset.url)
})

addEventListener('click', e => {
	const link = e.target.closest?.('a[href]')
	if (!link || link.origin !== location.origin) return
	const url = new URL(link.href)
	if (!url.searchParams.has('play')) return
	url.searchParams.set('at', new Date(now).toISOString().slice(0, 19) + 'Z')
	link.href = url
}, true)
