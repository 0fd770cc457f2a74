import Testing
import WasmFormats
import WasmModel

@testable import WasmGenerator

struct SizedProgramTests {
    @Test(arguments: CountedItem.allCases, [9, 257])
    func `a program with many of one thing is valid, the same each time, and another for another number`(
        _ item: CountedItem,
        _ count: Int
    ) throws {
        let program = SizedProgram(item, count).program
        #expect(program == SizedProgram(item, count).program)
        #expect(program.module != SizedProgram(item, count + 1).program.module)
        let decoded = try BinaryDecoder.decode(BinaryEncoder.encode(program.module))
        _ = try Validator.validate(decoded, features: .wasm2.union(item.features))
        #expect(program.invocations.count == 3 && program.module.exports.map(\.name) == ["f"])
    }

    @Test(arguments: CountedItem.allCases) func `as many as are made at most are valid, too`(_ item: CountedItem) throws
    {
        _ = try Validator.validate(SizedProgram(item, item.greatestCount).program.module)
    }

    @Test func `there are as many as the program says`() {
        func module(_ item: CountedItem) -> Module { SizedProgram(item, 300).program.module }
        func count(_ item: CountedItem, _ isCounted: (Instruction) -> Bool) -> Int {
            module(item).functions.last?.body.count(where: isCounted) ?? 0
        }
        #expect(module(.tags).tags.count == 300 && module(.globals).globals.count == 300)
        #expect(module(.types).types.count == 300 && module(.dataSegments).data.count == 300)
        #expect(module(.functions).functions.count == 301)
        #expect(module(.tableElements).tables.map(\.type.limits.minimum) == [300])
        #expect(count(.vectorConstants) { $0.opcode == .v128Const } == 300)
        #expect(count(.floatConstants) { $0.opcode == .f64Const } == 300)
        #expect(count(.integerConstants) { $0.opcode == .i64Const } == 300)
        #expect(count(.calls) { $0.opcode == .call } == 300)
        #expect(count(.nestedBlocks) { $0.opcode == .block } == 300)
        #expect(count(.blocks) { $0.opcode == .if } == 300)
        #expect(count(.codeInLoop) { $0.opcode == .i64x2Mul } == 300)
        #expect(count(.codeBehindBranch) { $0.opcode == .i64x2Mul } == 300)
        #expect(count(.locals) { $0.opcode == .localSet } == 300)
        #expect(count(.liveIntegers) { $0.opcode == .i64Sub || $0.opcode == .i64Xor } == 299)
    }

    @Test func `each thing is met at its greatest number first, and around every power of two below`() {
        let all = SizedProgram.all(.wasm3)
        let items = CountedItem.allCases
        #expect(all.prefix(items.count).map(\.item) == items)
        #expect(all.prefix(items.count).allSatisfy { $0.count == $0.item.greatestCount })
        #expect(Set(all).count == all.count)
        let constants = Set(all.filter { $0.item == .vectorConstants }.map(\.count))
        for exponent in 8...15 {
            for distance in -1...1 { #expect(constants.contains(1 << exponent + distance), "\(exponent) \(distance)") }
        }
        #expect(SizedProgram.all(.mvp).allSatisfy { $0.item.features.isEmpty } && !SizedProgram.all(.mvp).isEmpty)
    }

    @Test func `profiles of recipes, of short lists, and runs with short lists have none`() throws {
        #expect(!Profile.all[0].sizedSweep(maximumArity: 1_000).isEmpty)
        #expect(Profile.all[0].sizedSweep(maximumArity: 999).isEmpty)
        for name in ["exports", "capped-20"] {
            #expect(try #require(Profile(named: name)).sizedSweep(maximumArity: 10_000).isEmpty)
        }
    }
}
