import Testing
import WasmFormats
import WasmGenerator
import WasmModel

@testable import ModuleMutation

/// Modules that are nearly valid.
struct ModuleFaultTests {
    private static let modules: [Module] = (0..<60 as Range<UInt64>).map { seed in
        var decisions = DecisionSource(seed: seed)
        return switch Profile.all[0].decidedCase(from: &decisions, maximumArity: 12) {
        case .recipe(let recipe): recipe.generate().module
        case .program(let program): program.module
        }
    }

    /// Modules with one of the faults, of all that have a place for it.
    private static func faulty(_ faults: [ModuleFault]) -> [(fault: ModuleFault, module: Module)] {
        modules.enumerated().compactMap { number, module in
            var random = SplitMix64(seed: UInt64(number))
            return module.withFault(among: faults, by: &random)
        }
    }

    @Test(arguments: ModuleFault.allCases)
    func `each fault makes modules invalid, which stays so in the binary format`(_ fault: ModuleFault) {
        let faulty = Self.faulty([fault])
        #expect(!faulty.isEmpty)
        for (found, module) in faulty {
            #expect(found == fault)
            #expect(throws: (any Error).self) {
                try Validator.validate(try BinaryDecoder.decode(BinaryEncoder.encode(module)))
            }
        }
    }

    @Test func `nearly each module has a place for some fault`() {
        #expect(Self.faulty(ModuleFault.allCases).count > 55)
    }

    @Test func `the same seed makes the same fault, and others make others`() {
        func faulty(_ seed: UInt64) -> [UInt8]? {
            var random = SplitMix64(seed: seed)
            return Self.modules[1].withFault(by: &random).map { BinaryEncoder.encode($0.module) }
        }
        for seed in 0..<30 as Range<UInt64> { #expect(faulty(seed) == faulty(seed)) }
        #expect(Set((0..<60).compactMap(faulty)).count > 20)
    }

    @Test func `a module without anything has no fault`() {
        var random = SplitMix64(seed: 1)
        #expect(Module().withFault(by: &random) == nil)
    }

    @Test func `a tail call of more results than its function has is among the faults`() throws {
        let text = """
            (module (func $one (result i32) (i32.const 1))
              (func (export "f") (result i32) (return_call $one)))
            """
        let module = try TextParser.module(text)
        var counts: Set<Int> = []
        for seed in 0..<20 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            guard let faulty = module.withFault(among: [.tailCall], by: &random)?.module,
                case .function(let callee) = faulty.functions[1].body[0].immediate
            else { continue }
            let type = faulty.types[faulty.functionTypeIndices[callee.position].position]
            counts.insert(type.functionType?.results.count ?? -1)
        }
        #expect(counts == [0, 1, 2])
    }
}
