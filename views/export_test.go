package views

// Pages are the documents of the golden files; Texts are the words of a
// language by the path of their field.
var (
	Pages = pages
	Texts = texts
)
