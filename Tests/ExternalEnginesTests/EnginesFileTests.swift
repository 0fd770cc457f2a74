import Foundation
import Testing

@testable import ExternalEngines

struct EnginesFileTests {
    private func definitions(
        _ text: String,
        except families: Set<String> = []
    ) throws(EnginesFile.Failure) -> [EngineDefinition] {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("engines-\(UUID().uuidString).txt")
        defer { try? FileManager.default.removeItem(at: file) }
        _ = FileManager.default.createFile(atPath: file.path, contents: Data(text.utf8))
        do throws(EnginesFile.Failure) {
            return try EnginesFile.definitions(at: file.path, except: families)
        } catch {
            throw EnginesFile.Failure(description: error.description.replacing(file.path, with: "FILE"))
        }
    }

    private func failure(_ text: String) -> String? {
        do throws(EnginesFile.Failure) {
            _ = try definitions(text)
            return nil
        } catch {
            return error.description
        }
    }

    @Test func `a line is a definition, in the order of the file, and comments and empty lines are none`() throws {
        let found = try definitions(
            """
            # the engines of the team
            mine:baseline=host:mine --baseline

              mine:optimizing=host:mine --optimizing\t
              # not now: other=host:other
            d8=js:d8
            """
        )
        #expect(found.map(\.name.description) == ["mine:baseline", "mine:optimizing", "d8"])
        #expect(try definitions("") == [])
        #expect(
            try definitions("\u{FEFF}mine=host:m\n").map(\.name.description) == ["mine"],
            "a byte order mark is no name"
        )
        #expect(try definitions("mine=host:m\r\n").map(\.name.description) == ["mine"], "lines may end as in DOS")
    }

    @Test func `an error names the file and the line`() {
        #expect(failure("# one\n\nmine=host:m\nother=shell:x\n")?.hasPrefix("FILE:4: 'other': no such kind") == true)
        #expect(failure("oops")?.hasPrefix("FILE:1: 'oops' is not NAME=KIND:") == true)
    }

    @Test func `a name is defined once`() {
        #expect(failure("a=host:m\nb=host:m\na=js:d8\n") == "FILE:3: 'a' is defined above already")
        #expect(failure("a:x=host:m\na:y=host:m\n") == nil)
    }

    @Test func `a file that is not there is an error of one line`() {
        #expect(
            throws: EnginesFile.Failure(
                description: "FILE:2: 'b:none': 'b' is the name of what this program has already"
            )
        ) {
            try definitions("a=host:m\nb:none=host:m\n", except: ["b"])
        }
        #expect(throws: EnginesFile.Failure(description: "/nowhere/engines.txt: cannot be read")) {
            try EnginesFile.definitions(at: "/nowhere/engines.txt")
        }
    }
}
