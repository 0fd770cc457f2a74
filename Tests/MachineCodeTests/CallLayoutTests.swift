import RegisterAllocation
import SSA
import Testing
import X64Backend

@testable import MachineCode

/// Where parameters and results travel.
@Suite struct CallLayoutTests {
    let machine = X64Backend().machine

    private func layout(_ parameters: [IRType], _ results: [IRType] = []) -> CallLayout {
        CallLayout(Signature(parameters: parameters, results: results), on: machine)
    }

    @Test func `each class takes its registers in turn, whatever the order of the types`() {
        let mixed = layout([.f32, .i64, .v128, .i32, .f64])
        #expect(
            mixed.parameters == [
                .register(machine.vectorArguments[0]), .register(machine.integerArguments[0]),
                .register(machine.vectorArguments[1]), .register(machine.integerArguments[1]),
                .register(machine.vectorArguments[2]),
            ]
        )
        #expect(mixed.stackArgumentSize == 0)
        #expect(mixed.resultAreaPointer == nil)
    }

    @Test func `parameters beyond the registers take slots of 8 bytes, and the size is a multiple of 16`() {
        let registers = machine.integerArguments.count
        let three = layout([IRType](repeating: .i32, count: registers + 3))
        #expect(three.parameters.suffix(3) == [.memory(0), .memory(8), .memory(16)])
        #expect(three.stackArgumentSize == 32)
    }

    @Test func `a vector in memory is aligned to 16 bytes and takes 16`() {
        let vectors = [IRType](repeating: .v128, count: machine.vectorArguments.count)
        let mixed = layout(vectors + [.f32, .v128, .f64, .v128])
        #expect(mixed.parameters.suffix(4) == [.memory(0), .memory(16), .memory(32), .memory(48)])
        #expect(mixed.stackArgumentSize == 64)
    }

    @Test func `with 17 results the area's address takes the first integer argument register`() {
        let registers = machine.integerResults.count
        let parameters = [IRType](repeating: .i64, count: machine.integerArguments.count)
        let many = layout(parameters, [IRType](repeating: .i64, count: 17))
        #expect(many.resultAreaPointer == machine.integerArguments[0])
        #expect(many.parameters.first == .register(machine.integerArguments[1]))
        #expect(many.parameters.last == .memory(0))
        #expect(many.results[registers - 1] == .register(machine.integerResults[registers - 1]))
        #expect(many.results[registers] == .memory(0))
        #expect(many.results[16] == .memory((16 - registers) * 8))
        #expect(many.resultAreaSize == aligned((17 - registers) * 8, to: 16))
    }

    @Test func `no two places of a signature overlap`() {
        let cycle: [IRType] = [.i32, .v128, .f32, .f64, .i64, .reference, .v128]
        let types = (0..<1000).map { cycle[$0 % cycle.count] }
        let layout = layout(types, types)
        for (places, size) in [
            (layout.parameters, layout.stackArgumentSize), (layout.results, layout.resultAreaSize),
        ] {
            var registers = RegisterSet()
            var end = 0
            for (place, type) in zip(places, types) {
                switch place {
                case .register(let register):
                    #expect(!registers.contains(register))
                    #expect(register.registerClass == (type.isInteger ? .integer : .vector))
                    registers.insert(register)
                case .memory(let offset):
                    #expect(offset >= end)
                    #expect(offset % (type == .v128 ? 16 : 8) == 0)
                    end = offset + (type == .v128 ? 16 : 8)
                }
            }
            #expect(size >= end && size % 16 == 0)
        }
    }
}
