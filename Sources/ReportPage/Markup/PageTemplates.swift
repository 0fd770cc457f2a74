import Invariants
import Mustache

/// The templates of the page, in the language of Mustache, each in a file of its own; they are in the program, which needs no file beside it.
enum PageTemplates {
    static let page = "page"

    /// The templates by the names that they have for each other.
    static let texts = [
        page: pageTemplate, "crash": crashTemplate, "campaign": campaignTemplate, "chart": chartTemplate,
        "table": tableTemplate, "facts": factsTemplate, "excerpt": excerptTemplate, "style": styleSheet,
    ]

    static let library: MustacheLibrary = {
        MustacheContentTypes.register(PageText(), named: PageText.name)
        var library = MustacheLibrary()
        for (name, text) in texts {
            // Each template begins anew with the library's own way to escape.
            do {
                try library.register("{{% CONTENT_TYPE:\(PageText.name)}}\(text)", named: name)
            } catch {
                invariantFailed("the template \(name) is malformed: \(error)")
            }
        }
        return library
    }()
}
