// The module of a frame in another page, before it is open. The key of the view
// stands behind the "#" of the frame's address, which no server gets to see. It
// is shown to ours once, which gives it back as a cookie of this frame in this
// page, and the frame is loaded anew. Nothing is told to the page around it.

const say = which => { document.getElementById('frame-' + which).hidden = false }
const behind = new URLSearchParams(location.hash.slice(1)), key = behind.get('k')

if (key) {
	say('opening')
	let opened = false
	try {
		opened = (await fetch('/embed/open', { method: 'POST', body: new URLSearchParams({ k: key }) })).ok
	} catch {}
	document.getElementById('frame-opening').hidden = true
	if (opened) {
		history.replaceState(null, '', location.pathname + location.search + '#opened')
		location.reload()
	} else say('closed')
} else say(behind.has('opened') ? 'cookies' : 'closed')
