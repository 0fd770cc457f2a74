import Differential
import Testing
import WasmFormats
import WasmModel

@testable import WasmGenerator

/// What is generated for an engine that lacks features.
@Suite struct RestrictedProfileTests {
    /// The sets of features that real engines have, and each feature missing alone.
    private static let sets: [(name: String, features: FeatureSet)] =
        [
            ("2.0", .wasm2), ("2.0 without vectors", FeatureSet.wasm2.subtracting(.simd)),
            ("1.0 with multiple values", .multiValue),
            ("no references at all", FeatureSet.wasm2.subtracting([.referenceTypes, .simd])),
        ]
        + ([
            .tailCalls, .exceptions, .typedFunctionReferences, .relaxedSIMD, .extendedConstants, .multiMemory,
            .memory64,
            .garbageCollection,
        ] as [FeatureSet]).map { feature in
            let name = FeatureSet.named.first { $0.feature == feature }?.name ?? ""
            return ("3.0 without \(name)", FeatureSet.wasm3.subtracting(feature))
        }

    @Test(arguments: sets.indices)
    func `programs and recipes use no instruction of a feature that is lacking`(_ index: Int) throws {
        let (name, features) = Self.sets[index]
        for profile in Profile.all {
            let restricted = profile.adapted(to: features).portable
            for seed in 0..<30 as Range<UInt64> {
                var decisions = DecisionSource(seed: seed)
                let module: Module
                switch restricted.decidedCase(from: &decisions, maximumArity: 40) {
                case .recipe(let recipe): module = recipe.generate().module
                case .program(let program): module = program.module
                }
                let decoded = try BinaryDecoder.decode(BinaryEncoder.encode(module))
                do {
                    _ = try Validator.validate(decoded, features: features)
                } catch {
                    Issue.record("\(name), \(profile.name), seed \(seed): \(error)")
                    break
                }
            }
        }
    }

    @Test(arguments: sets.indices)
    func `the sweep uses no feature that is lacking`(_ index: Int) throws {
        let (name, features) = Self.sets[index]
        let profile = try #require(Profile(named: "everything")).adapted(to: features)
        for recipe in profile.sweep(maximumArity: 20) {
            do {
                _ = try Validator.validate(recipe.generate().module, features: features)
            } catch {
                Issue.record("\(name): \(recipe): \(error)")
                return
            }
        }
    }

    @Test func `a profile is for engines that have all but structures and arrays`() {
        for profile in Profile.all {
            #expect(profile.adapted(to: profile.features) == profile)
            #expect(profile.adapted(to: Profile.usualFeatures).edges.allSatisfy { !$0.usesObjects })
            #expect(profile.features == (profile.name == "objects" ? .wasm3 : Profile.usualFeatures))
            #expect(profile.adapted(to: .mvp).adapted(to: .wasm3).edges == profile.adapted(to: .wasm3).edges)
        }
    }

    @Test func `an engine that has structures and arrays gets them`() throws {
        let profile = try #require(Profile(named: "everything")).adapted(to: .wasm3)
        #expect(profile.edges == Edge.allCases)
        var edges: Set<Edge> = []
        for seed in 0..<200 as Range<UInt64> {
            var decisions = DecisionSource(seed: seed)
            edges.formUnion(profile.recipe(from: &decisions, maximumArity: 9).edges)
        }
        #expect(edges.isSuperset(of: Edge.allCases.filter(\.usesObjects)))
    }

    @Test func `a profile none of whose edges is left has the export stub, and one without its types has i32`() throws {
        let tailCalls = try #require(Profile(named: "tail-calls")).adapted(to: .mvp)
        #expect(!tailCalls.edges.isEmpty)
        #expect(tailCalls.edges.allSatisfy { FeatureSet.mvp.contains($0.features) })
        let references = try #require(Profile(named: "references")).adapted(to: .mvp)
        #expect(!references.types.isEmpty && references.types.allSatisfy { FeatureSet.mvp.contains($0.feature) })
    }
}
