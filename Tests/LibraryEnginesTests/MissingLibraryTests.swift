import Execution
import LibraryEngines
import Testing

/// Libraries that cannot serve as engines.
struct MissingLibraryTests {
    private func mistake(library: String, _ options: [String: String] = [:]) -> String? {
        do throws(LibraryEngineError) {
            _ = try LibraryEngine(library: library, options: options, name: "engine")
            return nil
        } catch {
            return error.description
        }
    }

    @Test func `a library that is not there is told by one line with its path`() throws {
        let text = try #require(mistake(library: "/no/such/library.so"))
        #expect(text.hasPrefix("the library '/no/such/library.so' cannot be loaded: cannot open shared object file"))
        #expect(!text.contains("\n"))
    }

    @Test func `a file that is no library is told by one line`() throws {
        let text = try #require(mistake(library: #filePath))
        #expect(text.contains("cannot be loaded: ") && !text.contains("\n"))
    }

    @Test(.enabled(if: Self.mathematics != nil, "no library of mathematics in the usual places"))
    func `a library without an engine is told what it lacks`() throws {
        let library = try #require(Self.mathematics)
        let text = try #require(mistake(library: library))
        #expect(text.contains("no engine that is known") && text.contains("wasm_engine_new") && !text.contains("\n"))
        let chosen = try #require(mistake(library: library, ["api": "wasm3"]))
        #expect(chosen == "the library '\(library)' has no function m3_NewEnvironment")
    }

    @Test(.enabled(if: Self.mathematics != nil, "no library of mathematics in the usual places"))
    func `an unknown API is told with the choice`() throws {
        let text = mistake(library: try #require(Self.mathematics), ["api": "rubbish"])
        #expect(text == "option 'api' has no value 'rubbish' (choose from wasmtime, standard, wasm3)")
    }

    /// A library that every system has and that is no engine; the system finds it by its name.
    private static let mathematics: String? = {
        ["libm.so.6", "libm.dylib"].first { LibraryProbe.canLoad($0) }
    }()
}
