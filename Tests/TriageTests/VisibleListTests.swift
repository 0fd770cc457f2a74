import Foundation
import Testing
import WasmGenerator

@testable import Triage

/// What is added by one file and one line is in a list that names all of its kind.
struct VisibleListTests {
    private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources")

    /// The types of a folder that conform to `ReductionPass`, which have a file of their own.
    private func passes(in folder: String) throws -> Set<String> {
        let path = Self.sources.appendingPathComponent(folder).path
        var names: Set<String> = []
        for file in try FileManager.default.contentsOfDirectory(atPath: path) {
            let text = try String(contentsOfFile: "\(path)/\(file)", encoding: .utf8)
            let conforming = text.split(separator: "\n").filter {
                $0.contains("struct ") && $0.contains(": ReductionPass")
            }
            #expect(conforming.count <= 1, "\(file)")
            if !conforming.isEmpty { names.insert(String(file.dropLast(".swift".count))) }
        }
        return names
    }

    @Test func `every reduction pass is one file, and one line of its list`() throws {
        let ofModules = try passes(in: "Triage/Reduction/Module")
        #expect(Set(ModuleReduction.passes.map { "\(type(of: $0))" }) == ofModules)
        let ofRecipes = try passes(in: "Triage/Reduction/Recipe")
        #expect(Set(RecipeReduction.passes.map { "\(type(of: $0))" }) == ofRecipes)
        #expect(ofModules.count > 10 && ofRecipes.count > 5)
    }

    @Test func `every edge has a name of its own, by which it is read`() {
        let names = Edge.allCases.map(\.rawValue)
        #expect(Set(names).count == names.count)
        #expect(names.compactMap(Edge.init(rawValue:)) == Edge.allCases)
    }
}
