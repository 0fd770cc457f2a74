import RegisterAllocation
import SSA
import Testing

@testable import ARM64Backend
@testable import MachineCode

/// Runs leaf operations in the simulator, and reads their listings.
@Suite struct LeafOperationTests {
    private let backend = ARM64Backend()

    private func emission(_ reach: BranchReach = .near) -> Emission {
        Emission(
            function: MachineFunction(name: "leaf", shape: .compiled),
            frame: FrameLayout(),
            machine: backend.machine,
            branchReach: reach,
            allocation: Allocation()
        )
    }

    /// The code of some operations, with the distances written.
    private func code(_ reach: BranchReach = .near, _ emit: (inout Emission) -> Void) throws -> [UInt8] {
        var emission = emission(reach)
        emit(&emission)
        try emission.code.resolve()
        return emission.code.bytes
    }

    private func x(_ number: UInt8) -> PhysicalRegister { PhysicalRegister(.integer, number) }

    static let numbers: [UInt64] = [
        0, 1, 0xFFFF, 0x1_0000, 0x1234_5678, 0xFFFF_FFFF, 0xFFFF_0000, 0xFFFF_1234, 0x5555_5555, 0x8000_0000,
        0x1_0000_0000, 0x1234_0000_5678, .max, .max - 1, 0xFFFF_FFFF_0000_0000, 0xFFFF_FFFF_8000_0000,
        0x5555_5555_5555_5555, 0x1234_5678_9ABC_DEF0, 0xFFFF_1234_FFFF_FFFF, 0x8000_0000_0000_0000,
        0x00FF_00FF_00FF_00FF,
        0x7FF8_0000_0000_0000, 0xFFFF_0000_FFFF_0001,
    ]

    @Test(arguments: numbers)
    func `an immediate takes at most four instructions and gives its bits`(_ number: UInt64) throws {
        let bytes = try code { emission in
            backend.emitImmediate(number, to: x(5), into: &emission)
            emission.append(.ret, n: 30)
        }
        #expect(bytes.count <= 4 * 5)
        let simulated = try SimulatedCode(bytes)
        simulated.simulator.x[5] = 0xDEAD_BEEF_DEAD_BEEF
        try simulated.run()
        #expect(simulated.simulator.x[5] == number)
    }

    static let offsets = [
        0, 16, -16, 4080, 4095, 4096, 65_536, 0xFF_F000, 0xFF_FFFF, 0x100_0000, 0x1234_5670, -4096, -0x100_0000,
        0x7FFF_FFF0,
    ]

    @Test(arguments: offsets)
    func `an address is base plus offset, whatever the base`(_ offset: Int) throws {
        let bytes = try code { emission in
            backend.emitAddress(to: x(16), base: backend.machine.stackPointer, offset: offset, into: &emission)
            backend.emitAddress(to: x(1), base: x(16), offset: offset, into: &emission)
            backend.emitAddress(to: x(16), base: x(16), offset: offset, into: &emission)
            emission.append(.ret, n: 30)
        }
        let simulated = try SimulatedCode(bytes)
        try simulated.run()
        let expected = simulated.stackTop &+ UInt64(bitPattern: Int64(2 * offset))
        #expect(simulated.simulator.x[1] == expected)
        #expect(simulated.simulator.x[16] == expected)
    }

    @Test(arguments: [16, 4080, 4096, 65_536, 0x100_0000, 0x1234_5670, 1 << 30])
    func `the stack pointer goes down and up by any size`(_ size: Int) throws {
        let bytes = try code { emission in
            backend.emitStackAdjustment(downBy: size, into: &emission)
            emission.append(.addImmediate, d: 0, n: 31)
            backend.emitStackAdjustment(downBy: -size, into: &emission)
            emission.append(.ret, n: 30)
        }
        let simulated = try SimulatedCode(bytes)
        try simulated.run()
        #expect(simulated.simulator.x[0] == simulated.stackTop - UInt64(size))
        #expect(simulated.simulator.sp == simulated.stackTop)
    }

    @Test(arguments: [BranchReach.near, .far], [0, 16, 4096, 65_536, 0x12_3450, 0x1234_5670, 1 << 30])
    func `the stack check fails exactly where the frame would go below the limit`(
        _ reach: BranchReach,
        _ size: Int
    ) throws {
        for spare in [-16, 0, 16] {
            let bytes = try code(reach) { emission in
                let failing = emission.code.makeLabel()
                backend.emitFrameStart(into: &emission)
                backend.emitStackCheck(size: size, failing: failing, into: &emission)
                backend.emitImmediate(1, to: x(0), into: &emission)
                backend.emitReturn(popping: 32, into: &emission)
                emission.code.bind(failing)
                backend.emitImmediate(2, to: x(0), into: &emission)
                backend.emitReturn(popping: 32, into: &emission)
            }
            let simulated = try SimulatedCode(bytes)
            let context = try simulated.addMemory(size: 64)
            let stackPointer = simulated.stackTop - 64
            simulated.simulator.sp = stackPointer
            simulated.simulator.x[28] = context.address
            simulated.simulator.x[29] = 0x1234
            simulated.simulator.x[7] = 77
            let limit = Int64(bitPattern: stackPointer) - 16 - Int64(size) - Int64(spare)
            context.storeBytes(of: limit, toByteOffset: InstanceContextLayout.stackLimit, as: Int64.self)
            try simulated.run()
            #expect(simulated.simulator.x[0] == (spare < 0 ? 2 : 1))
            #expect(simulated.simulator.sp == stackPointer + 32)
            #expect(simulated.simulator.x[29] == 0x1234)
            #expect(simulated.simulator.x[7] == 77)
        }
    }

    @Test(arguments: [1, 2, 5, 5000])
    func `a branch table takes its last entry for all greater indices`(_ count: Int) throws {
        let bytes = try code { emission in
            let table = emission.code.makeLabel()
            backend.emitAddress(to: x(1), of: table, into: &emission)
            backend.emitBranchTable(index: x(0), table: x(1), entryCount: count, into: &emission)
            emission.code.bind(table)
            let targets = (0..<count).map { _ in emission.code.makeLabel() }
            for target in targets { emission.code.tableEntry(target, from: table) }
            for (position, target) in targets.enumerated() {
                emission.code.bind(target)
                backend.emitImmediate(UInt64(position), to: x(2), into: &emission)
                emission.append(.ret, n: 30)
            }
        }
        let simulated = try SimulatedCode(bytes)
        for index: UInt64 in [0, 1, UInt64(count) - 1, UInt64(count), 0x7FFF_FFFF, 0xFFFF_FFFF] {
            simulated.simulator.x[0] = index | 0xDEAD << 32
            try simulated.run()
            #expect(simulated.simulator.x[2] == min(index, UInt64(count) - 1))
        }
    }

    @Test func `branches to far labels go over an unconditional one`() throws {
        let bytes = try code(.far) { emission in
            let label = emission.code.makeLabel()
            backend.emitBranch(ifNotZero: true, x(3), to: label, into: &emission)
            emission.code.align(to: 1 << 21)
            emission.code.bind(label)
            emission.append(.ret, n: 30)
        }
        #expect(ARM64Listing.text(of: bytes.prefix(8)) == "0 cbz w3, 0x8\n4 b 0x200000")
    }

    @Test func `a distance beyond a near branch is an error with the figure`() {
        #expect(throws: FixUpOutOfReach(kind: .arm64Branch19, offset: 0, distance: 1 << 20)) {
            _ = try code { emission in
                let label = emission.code.makeLabel()
                backend.emitBranch(ifNotZero: true, x(3), to: label, into: &emission)
                emission.code.align(to: 1 << 20)
                emission.code.bind(label)
            }
        }
    }

    @Test func `leaf operations are the instructions that the convention asks for`() throws {
        let bytes = try code { emission in
            let machine = backend.machine
            let v3 = PhysicalRegister(.vector, 3)
            backend.emitFrameStart(into: &emission)
            backend.emitStackAdjustment(downBy: 4128, into: &emission)
            backend.emitMove(.i32, from: x(0), to: x(1), into: &emission)
            backend.emitMove(.f64, from: v3, to: PhysicalRegister(.vector, 4), into: &emission)
            backend.emitMove(.v128, from: v3, to: PhysicalRegister(.vector, 4), into: &emission)
            backend.emitStore(.i32, from: x(16), base: machine.stackPointer, offset: 16380, into: &emission)
            backend.emitStore(.i64, from: x(16), base: machine.stackPointer, offset: 32768, into: &emission)
            backend.emitLoad(.v128, to: v3, base: machine.framePointer, offset: -16, into: &emission)
            backend.emitLoad(.f32, to: v3, base: machine.context, offset: 0x1_0000, into: &emission)
            backend.emitCall(x(9), into: &emission)
            backend.emitReturn(popping: 0, into: &emission)
        }
        #expect(
            ARM64Listing.text(of: bytes) == """
                0 stp x29, x30, [sp, #-0x10]!
                4 mov x29, sp
                8 sub sp, sp, #0x1, lsl #12
                c sub sp, sp, #0x20
                10 mov x1, x0
                14 fmov d4, d3
                18 mov v4.16b, v3.16b
                1c str w16, [sp, #0x3ffc]
                20 mov w17, #0x8000
                24 str x16, [sp, x17]
                28 ldur q3, [x29, #-0x10]
                2c mov w17, #0x10000
                30 ldr s3, [x28, x17]
                34 blr x9
                38 mov sp, x29
                3c ldp x29, x30, [sp], #0x10
                40 ret
                """
        )
    }
}
